/// What a file is, by its first octets or by what it calls itself.
///
/// Known aliases are one family: a PNG named `.jpg` deceives nobody.
package enum FileFamily: String, Hashable, Sendable, CaseIterable {
    case pdf
    /// Microsoft's, OpenDocument's, RTF.
    case office
    case picture
    /// Plain text, CSV, and bank files, which are text.
    case text
    case xml
    case zip
    case epub
    case html
    case svg
    case executable
    case script
    /// Outlook's .msg: a message, but in a form we don't take apart.
    case outlook
    /// Archives other than zip.
    case archive
    case sound
    case film
    case pgp
    case signature
    case calendar
    case card
    case message
    /// winmail.dat. MS-OXTNEF.
    case tnef

    package static let allowedByDefault: Set<FileFamily> = [.pdf, .office, .picture, .text, .xml, .zip]
}

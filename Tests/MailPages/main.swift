// Says how the pages that show a stranger's mail are made, so that a test in a browser shows the very same.
//
//     MailPages headers            what PagePolicy sends with the frame and with a page, as lines
//     MailPages box|frame          a mail's HTML on the input, the box or the frame's document on the output;
//                                  many, each ended by an octet 0, give as many
import Glibc
import HTTP
import Markup
import Sanitizer

func printHeaders(_ title: String, _ policy: PagePolicy) {
    for field in Response.html("").under(policy).headers.fields {
        print("\(title)\t\(field.name)\t\(field.value)")
    }
}

func octets() -> [UInt8] {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(0, &piece, piece.count), count > 0 { all += piece[..<count] }
    return all
}

switch CommandLine.arguments.dropFirst().first {
case "headers":
    printHeaders("frame", .mailFrame(remotePictures: false))
    printHeaders("page", .page)
case let form? where form == "box" || form == "frame":
    let sanitizer = MailSanitizer { "/picture/\($0.hashValue)" }
    for one in octets().split(separator: 0, omittingEmptySubsequences: false).dropLast() {
        if let mail = sanitizer.clean(String(decoding: one, as: UTF8.self)) {
            let box = (mail.style.isEmpty ? "" : "<style>\(mail.style)</style>") + mail.body.markup
            print(
                form == "box" ? box : FramePage.html(mail, title: "", language: nil).markup, terminator: "\0")
        } else {
            print("", terminator: "\0")
        }
    }
default:
    print("MailPages headers|box|frame")
    exit(64)
}

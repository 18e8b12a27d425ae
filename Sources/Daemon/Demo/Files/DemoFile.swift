/// A file as it lies in a mail: the name as sent, and the octets before any transfer encoding.
package struct DemoFile: Hashable, Sendable {
    package let name: String
    package let mediaType: String
    package let octets: [UInt8]

    func named(_ other: String) -> DemoFile { DemoFile(name: other, mediaType: mediaType, octets: octets) }
}

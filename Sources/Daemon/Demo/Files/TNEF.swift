/// A `winmail.dat`: what Outlook makes of attachments when it takes us for Exchange. MS-OXTNEF.
struct TNEF {
    var files: [DemoFile]

    private enum Attribute: UInt32 {
        case version = 0x0008_9006
        case codePage = 0x0006_9007
        case messageClass = 0x0007_8008
        case attachRenderData = 0x0006_9002
        case attachTitle = 0x0001_8010
        case attachData = 0x0006_800f
        case attachProperties = 0x0006_9005
    }

    var octets: [UInt8] {
        var stream: [UInt8] = []
        stream.append(little: UInt32(0x223e_9f78))
        stream.append(little: UInt16(1))
        stream += attribute(level: 1, .version, [0, 0, 1, 0])
        stream += attribute(level: 1, .codePage, [0xe4, 0x04, 0, 0, 0, 0, 0, 0])
        stream += attribute(level: 1, .messageClass, [UInt8](ascii: "IPM.Microsoft Mail.Note\0"))
        for file in files {
            stream += attribute(
                level: 2, .attachRenderData, [1, 0, 0xff, 0xff, 0xff, 0xff] + [UInt8](repeating: 0, count: 8))
            stream += attribute(level: 2, .attachTitle, Array(Self.shortName(file.name).utf8) + [0])
            stream += attribute(level: 2, .attachData, file.octets)
            stream += attribute(level: 2, .attachProperties, Self.longName(file.name))
        }
        return stream
    }

    var file: DemoFile { DemoFile(name: "winmail.dat", mediaType: "application/ms-tnef", octets: octets) }

    /// A level, an id, a length, the value, and the sum of its octets. MS-OXTNEF section 2.1.3.
    private func attribute(level: UInt8, _ attribute: Attribute, _ value: [UInt8]) -> [UInt8] {
        var octets = [level]
        octets.append(little: attribute.rawValue)
        octets.append(little: UInt32(value.count))
        octets += value
        octets.append(little: value.reduce(UInt16(0)) { $0 &+ UInt16($1) })
        return octets
    }

    /// `JAHRES~1.PDF`, as DOS would have it.
    private static func shortName(_ name: String) -> String {
        let parts = name.split(separator: ".")
        let stem = parts[0].uppercased().filter { $0.isASCII && $0.isLetter }.prefix(6)
        return "\(stem)~1.\(parts[parts.count - 1].uppercased())"
    }

    /// One property, PidTagAttachLongFilename, in the code page named above. MS-OXPROPS section 2.595.
    private static func longName(_ name: String) -> [UInt8] {
        var properties: [UInt8] = []
        properties.append(little: UInt32(1))
        properties.append(little: UInt32(0x3707_001e))
        properties.append(little: UInt32(1))
        let octets = Charset.windows1252.encode(name) + [0]
        properties.append(little: UInt32(octets.count))
        properties += octets
        while properties.count % 4 != 0 { properties.append(0) }
        return properties
    }
}

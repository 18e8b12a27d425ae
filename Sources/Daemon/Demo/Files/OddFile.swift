/// Files that are not what a firm wants to file, or not what they say.
enum OddFile {
    /// A DOS head that prints a sentence: an executable to every scanner, and harmless.
    static func program(_ name: String, mediaType: String) -> DemoFile {
        var octets = [UInt8](ascii: "MZ") + [0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0, 0xb8]
        octets += [UInt8](repeating: 0, count: 64 - octets.count)
        octets.append(ascii: "This program cannot be run in DOS mode.\r\r\n$")
        octets += [UInt8](repeating: 0, count: 4096 - octets.count)
        return DemoFile(name: name, mediaType: mediaType, octets: octets)
    }

    /// A detached signature: `SignedData` without a signer, in DER. RFC 5652 section 5.
    static var signature: DemoFile {
        let data: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]
        return DemoFile(
            name: "smime.p7s", mediaType: "application/pkcs7-signature", octets: signedData(der(0x30, data)))
    }

    private static func signedData(_ content: [UInt8]) -> [UInt8] {
        let type: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
        let value = der(0x30, [0x02, 0x01, 0x01] + der(0x31, []) + content + der(0x31, []))
        return der(0x30, type + der(0xa0, value))
    }

    /// A whole entity inside its signature, `smime.p7m`. RFC 8551 section 3.5.2.
    static func opaque(_ entity: Part) -> DemoFile {
        let data: [UInt8] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]
        let content = der(0x30, data + der(0xa0, der(0x04, entity.octets)))
        return DemoFile(
            name: "smime.p7m", mediaType: "application/pkcs7-mime; smime-type=signed-data",
            octets: signedData(content))
    }

    /// A tag, a length, a value. ITU-T X.690 section 8.1.
    private static func der(_ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
        if value.count < 0x80 { return [tag, UInt8(value.count)] + value }
        var length: [UInt8] = []
        length.append(big: UInt32(value.count))
        let short = Array(length.drop { $0 == 0 })
        return [tag, 0x80 | UInt8(short.count)] + short + value
    }

    /// A contact card. RFC 6350.
    static func card(_ name: String, full: String, address: String) -> DemoFile {
        let text = "BEGIN:VCARD\nVERSION:4.0\nFN:\(full)\nEMAIL:\(address)\nEND:VCARD\n"
        return DemoFile(name: name, mediaType: "text/vcard", octets: Array(text.crlf.utf8))
    }

    /// An invitation. RFC 5545.
    static func invitation(day: String, summary: String, organizer: String) -> DemoFile {
        let text = """
            BEGIN:VCALENDAR
            PRODID:-//Hofmann//Kalender//DE
            VERSION:2.0
            METHOD:REQUEST
            BEGIN:VEVENT
            UID:termin-\(day)@hofmann-brot.example
            DTSTAMP:\(day)T070000Z
            DTSTART:\(day)T130000Z
            DTEND:\(day)T140000Z
            SUMMARY:\(summary)
            ORGANIZER:mailto:\(organizer)
            ATTENDEE:mailto:office@bergmann-stb.example
            END:VEVENT
            END:VCALENDAR

            """
        return DemoFile(name: "invite.ics", mediaType: "text/calendar", octets: Array(text.crlf.utf8))
    }
}

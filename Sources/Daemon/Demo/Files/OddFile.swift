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
        let octets: [UInt8] = [
            0x30, 0x23, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x16, 0x30,
            0x14,
            0x02, 0x01, 0x01, 0x31, 0x00, 0x30, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
            0x07,
            0x01, 0x31, 0x00,
        ]
        return DemoFile(name: "smime.p7s", mediaType: "application/pkcs7-signature", octets: octets)
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

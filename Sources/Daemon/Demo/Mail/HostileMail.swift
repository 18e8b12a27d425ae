/// Mail that means harm: liars, disguises, and one that is built to break its reader.
struct HostileMail {
    let scene: Scene

    var messages: [DemoMessage] { liars + disguises + [poison] }

    private var liars: [DemoMessage] {
        let forged = scene.ago(8, 3, 3, from: People.sabine)
        let twin = Correspondent(name: "Sabine Hofmann", address: "buero@hofrnann-brot.example")
        let lookalike = scene.ago(7, 4, 4, from: twin)
        let free = Correspondent(
            name: "Sabine Hofmann buero@hofmann-brot.example", address: "sabine.h@freemail.example")
        let display = scene.ago(6, 5, 5, from: free)
        let double = scene.ago(5, 6, 6, from: People.daniel)
        func bank(_ date: MailDate) -> DemoFile {
            PDF(title: "Neue Bankverbindung", lines: ["ab sofort", date.german]).file(
                "Neue Bankverbindung.pdf")
        }
        let words = "Liebe Frau Vogel,\n\nbitte nutzen Sie ab sofort unsere neue Bankverbindung.\n"
        return [
            Draft(from: People.sabine, subject: "Neue Bankverbindung", date: forged, proof: .forged).message(
                "a forged sender: DMARC says so, and the mail brings its own false witness",
                .waits(reason: "against"), .mixed([.text(words), .file(bank(forged))])),
            Draft(from: twin, subject: "Neue Bankverbindung", date: lookalike).message(
                "a look-alike: hofrnann with r and n in place of m", .waits(reason: "against"),
                .mixed([.text(words), .file(bank(lookalike))])),
            Draft(from: free, subject: "Neue Bankverbindung", date: display).message(
                "a client's address, but only in the display name", .waits(reason: "against"),
                .mixed([.text(words), .file(bank(display))])),
            Draft(
                from: People.daniel, subject: "Two senders", date: double,
                fromField: "\(People.daniel.field()), \(People.margaret.field())"
            ).message(
                "two addresses in From: nobody's mail", .waits(reason: "against"),
                .mixed([
                    .text("Which of us?\n"),
                    .file(PDF(title: "Riddle", lines: ["Two senders", double.day]).file("Riddle.pdf")),
                ])),
        ]
    }

    private var disguises: [DemoMessage] {
        let renamed = scene.ago(4, 2, 20, from: People.jorg)
        let reversed = scene.ago(3, 2, 30, from: People.margaret)
        return [
            Draft(from: People.jorg, subject: "Dringend: Mahnung", date: renamed).message(
                "a program that calls itself a PDF", .waits(reason: "suspicious"),
                .mixed([
                    .text("Bitte sofort öffnen!\n"),
                    .file(OddFile.program("Mahnung.pdf", mediaType: "application/pdf")),
                ])),
            Draft(from: People.margaret, subject: "Statement", date: reversed).message(
                "a program whose name is turned round to end in pdf", .waits(reason: "suspicious"),
                .mixed([
                    .text("Please open.\n"),
                    .file(
                        OddFile.program("Statement \u{202e}fdp.exe", mediaType: "application/octet-stream"),
                        name: .extended),
                ])),
        ]
    }

    /// Ten thousand multiparts, each in the one before, their boundaries alike, and a name of a megabyte.
    ///
    /// A reader that calls itself for each level runs out of stack; one that joins the pieces of a name again
    /// and again runs out of time.
    private var poison: DemoMessage {
        let sender = Correspondent(name: "", address: "no-reply@bulk-sender.example")
        let date = scene.ago(6, 23, 0, from: sender)
        let depth = 10_000
        var body = [UInt8](ascii: "Content-Type: multipart/mixed; boundary=\"b\"\r\n")
        for level in 1...depth {
            let outer = level == 1 ? "b" : "b\(level - 1)"
            body.append(ascii: "\r\n--\(outer)\r\nContent-Type: multipart/mixed; boundary=\"b\(level)\"\r\n")
        }
        body.append(ascii: "\r\n--b\(depth)\r\nContent-Type: application/pdf;\r\n")
        let piece = String(repeating: "x", count: 60)
        for number in 0..<16_384 { body.append(ascii: " name*\(number)=\"\(piece)\";\r\n") }
        body.append(ascii: " name*16384=\".pdf\"\r\n\r\n%PDF-1.4\r\n")
        for level in (1...depth).reversed() { body.append(ascii: "--b\(level)--\r\n") }
        body.append(ascii: "--b--\r\n")
        let draft = Draft(from: sender, subject: "You have won", date: date, proof: .nothing)
        let head = draft.octets(.text(""))
        // The header of a mail, up to the field that says what its body is.
        let mark = Array("Content-Type:".utf8)
        let end = head.indices.first { head[$0...].starts(with: mark) } ?? head.endIndex
        return DemoMessage(
            label: "a poisonous mail: 10,000 parts, each in the one before, and a name of a megabyte",
            mailbox: "INBOX", received: date.moment, isSeen: false, octets: head[..<end] + body, files: [],
            outcome: .poisonous)
    }
}

internal import Text

/// What letters say that depends on numbers, days and names, by the rules of each language.
struct LetterWords {
    let language: Language

    /// `Mittwoch, 10. Dezember 2025`, `2025年12月10日（水）`, `Wednesday, December 10, 2025`.
    func day(_ day: CivilDay) -> String { language.longDate(day) }

    /// The words a letter begins with. Without a name nobody is called by one.
    func greeting(_ name: String?) -> String {
        switch language {
        case .de: name.map { "Guten Tag \($0)," } ?? "Guten Tag,"
        case .en: name.map { "Dear \($0)," } ?? "Hello,"
        case .ja: name.map(Self.addressed) ?? "ご担当者様"
        }
    }

    /// 様 for people, 御中 for companies; who is addressed so already stays.
    private static func addressed(_ name: String) -> String {
        if ["様", "御中", "先生", "殿"].contains(where: name.hasSuffix) { return name }
        let isCompany = ["会社", "法人", "組合", "事務所", "（株）", "(株)", "㈱", "㈲", "GmbH", "AG", "KG", "Ltd.", "Inc."]
            .contains { name.contains($0) }
        return name + (isCompany ? " 御中" : " 様")
    }

    /// `1,2 MB`, its space one that does not break: three digits at most, for people; the exact number is in the file.
    func size(_ octets: Int64) -> String {
        guard octets >= 1000 else { return "\(octets)\u{A0}" + (language == .de ? "Byte" : "bytes") }
        var value = Double(octets)
        var unit = ""
        for next in ["KB", "MB", "GB", "TB"] where value >= 999.5 || unit.isEmpty {
            value /= 1000
            unit = next
        }
        let tenths = Int((value * 10).rounded())
        let point = language == .de ? "," : "."
        let number =
            tenths < 100 && tenths % 10 != 0
            ? "\(tenths / 10)\(point)\(tenths % 10)" : "\(Int(value.rounded()))"
        return "\(number)\u{A0}\(unit)"
    }

    func files(_ count: Int) -> String {
        switch language {
        case .de: count == 1 ? "1\u{A0}Datei" : "\(count)\u{A0}Dateien"
        case .en: count == 1 ? "1\u{A0}file" : "\(count)\u{A0}files"
        case .ja: "ファイル\(count)件"
        }
    }

    var inviteReply: String {
        switch language {
        case .de: "Sie können auch einfach auf diese E-Mail antworten und die Dateien anhängen."
        case .en: "You can also simply reply to this e-mail and attach the files."
        case .ja: "本メールへの返信にファイルを添付してお送りいただくこともできます。"
        }
    }

    /// What a button without words of its own says.
    var open: String {
        switch language {
        case .de: "Seite öffnen"
        case .en: "Open the page"
        case .ja: "ページを開く"
        }
    }

    /// Before the address under a button.
    var orOpen: String {
        switch language {
        case .de: "Oder diese Adresse im Browser öffnen:"
        case .en: "Or open this address in your browser:"
        case .ja: "ボタンが使えない場合は、次のアドレスをブラウザーで開いてください。"
        }
    }

    /// Above the words of the person who asks.
    func writes(_ person: String) -> String {
        switch language {
        case .de: "\(person) schreibt"
        case .en: "\(person) writes"
        case .ja: "\(person)より"
        }
    }

    var imprint: String {
        switch language {
        case .de: "Impressum"
        case .en: "Legal notice"
        case .ja: "運営者情報"
        }
    }

    var privacy: String {
        switch language {
        case .de: "Datenschutz"
        case .en: "Privacy"
        case .ja: "プライバシーポリシー"
        }
    }

    var colon: String { language == .ja ? "：" : ": " }
    /// Ends the line above a list.
    var heading: String { language == .ja ? "：" : ":" }
    var bullet: String { language == .ja ? "・" : "– " }
}

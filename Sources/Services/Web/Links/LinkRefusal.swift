internal import Mailroom
internal import Text

/// Why files were not taken, and which, as their sender is told.
struct LinkRefusal: Hashable, Sendable {
    enum Reason: Error, Hashable, Sendable {
        case tooLarge
        case tooMany
        case tooMuch
        /// Too much is on its way just now.
        case busy
        case noRoom
        /// There was no file in the form.
        case nothing
        case whoAreYou
        /// The form ends in the middle.
        case incomplete
    }

    let reason: Reason
    /// Of the files that it was the reason for.
    var names: [String] = []
}

extension [LinkRefusal] {
    /// One sentence for each reason, however many files it holds for.
    mutating func add(_ reason: LinkRefusal.Reason, _ name: String? = nil) {
        let names = name.map { [FileNames.plain($0)] } ?? []
        if let index = firstIndex(where: { $0.reason == reason }) {
            self[index].names += names
        } else {
            append(LinkRefusal(reason: reason, names: names))
        }
    }
}

extension LinkWords {
    static func refused(_ refusal: LinkRefusal, _ clients: ClientSettings) -> Phrase {
        let names = refusal.names
        switch refusal.reason {
        case .tooLarge:
            return tooLarge(names, limit(clients.largestFile))
        case .tooMany, .tooMuch:
            let (files, size) = (clients.mostFiles, limit(clients.mostOctets))
            return Phrase(
                de: "Über diesen Link nehmen wir höchstens \(files) Dateien an, zusammen bis \(size).",
                en: "By this link we take \(files) files at most, up to \(size) together.",
                ja: "このリンクで受け取れるのは\(files)件、合計\(size)までです。"
            )
            .naming(names)
            .adding(
                de: "Für weitere Dateien schicken wir Ihnen gern einen neuen Link.",
                en: "We will gladly send you a new link for more files.",
                ja: "これ以上お送りになる場合は、新しいリンクをお送りしますのでご連絡ください。")
        case .busy:
            return Phrase(
                de: "Es sind gerade sehr viele Dateien unterwegs.",
                en: "A great many files are on their way just now.", ja: "現在、多くのファイルを受信中です。"
            )
            .naming(names)
            .adding(
                de: "Bitte versuchen Sie es gleich noch einmal.", en: "Please try again in a moment.",
                ja: "しばらくしてからもう一度お試しください。")
        case .noRoom:
            return Phrase(
                de: "Wir können gerade keine weiteren Dateien annehmen.",
                en: "We can’t take any more files just now.", ja: "現在、これ以上ファイルを受け取れません。"
            )
            .naming(names)
            .adding(
                de: "Bitte versuchen Sie es später noch einmal, oder rufen Sie uns an.",
                en: "Please try again later, or call us.", ja: "時間をおいて再度お試しいただくか、お電話ください。")
        case .nothing:
            return Phrase(
                de: "Es war keine Datei dabei. Bitte wählen Sie zuerst eine aus.",
                en: "There was no file. Please choose one first.", ja: "ファイルが選択されていません。")
        case .whoAreYou:
            return Phrase(
                de: "Bitte sagen Sie uns zuerst, wer Sie sind. Die Dateien wählen Sie dann noch einmal aus.",
                en: "Please tell us first who you are. Then choose the files again.",
                ja: "お名前とメールアドレスを入力してから、もう一度ファイルを選んでください。")
        case .incomplete:
            return Phrase(
                de:
                    "Die Übertragung kam nicht vollständig an. Was unten steht, ist bei uns; bitte schicken Sie nur den Rest noch einmal.",
                en:
                    "Not all of it came through. What is listed below is with us; please send only the rest again.",
                ja: "送信が途中で終わりました。下に表示されている書類は受け取っています。残りをもう一度お送りください。")
        }
    }

    private static func tooLarge(_ names: [String], _ size: String) -> Phrase {
        guard names.count > 1 else {
            let name = names.first ?? ""
            return Phrase(
                de:
                    "„\(name)“ ist größer als \(size). Bitte teilen Sie die Datei auf, oder rufen Sie uns an.",
                en: "“\(name)” is larger than \(size). Please split the file, or call us.",
                ja: "「\(name)」は\(size)を超えています。分割するか、お電話でご相談ください。")
        }
        return Phrase(
            de: "Einige Dateien sind größer als \(size).", en: "Some files are larger than \(size).",
            ja: "\(size)を超えるファイルがあります。"
        )
        .naming(names)
        .adding(
            de: "Bitte teilen Sie sie auf, oder rufen Sie uns an.", en: "Please split them, or call us.",
            ja: "分割するか、お電話でご相談ください。")
    }
}

extension Phrase {
    /// Which files were not taken: as many names as somebody reads.
    func naming(_ names: [String]) -> Phrase {
        guard !names.isEmpty else { return self }
        let shown = names.prefix(50)
        let more = names.count - shown.count
        func list(_ before: String, _ after: String, _ comma: String, _ rest: String) -> String {
            shown.map { before + $0 + after }.joined(separator: comma) + (more > 0 ? rest : "")
        }
        return adding(
            de: "Nicht angenommen: " + list("„", "“", ", ", " und \(more) weitere") + ".",
            en: "Not taken: " + list("“", "”", ", ", " and \(more) more") + ".",
            ja: "受け取れなかったファイル：" + list("「", "」", "", "ほか\(more)件") + "。")
    }

    /// Another sentence after it.
    func adding(de: String, en: String, ja: String) -> Phrase {
        Phrase(de: "\(self[.de]) \(de)", en: "\(self[.en]) \(en)", ja: self[.ja] + ja)
    }
}

internal import Store

extension Phrase {
    /// Why a desk refuses something, in words for its field.
    static func refusal(_ refusal: DeskRefusal) -> Phrase {
        let about = refusal.about
        switch refusal.reason {
        case .noMessage, .noOriginal:
            return Phrase(
                de: "Diese Nachricht ist nicht mehr da.", en: "This message is not there any more.",
                ja: "このメールは見つかりません。")
        case .unanswerable:
            return Phrase(
                de: "Auf diese Nachricht lässt sich nicht antworten: Sie nennt keinen eindeutigen Absender.",
                en: "This message can’t be answered: it does not name one sender.",
                ja: "差出人が特定できないため、このメールには返信できません。")
        case .nobody, .noRecipients: return Writing.toWhom
        case .noServer, .noRequestServer:
            return Phrase(
                de: "Es ist kein Server zum Senden eingerichtet. Bitte die Administration fragen.",
                en: "No server to send by is set up. Please ask the administrator.",
                ja: "送信サーバーが設定されていません。管理者にお問い合わせください。")
        case .noMailbox:
            return Phrase(
                de: "Dieses Postfach gibt es nicht mehr.", en: "This mailbox is not there any more.",
                ja: "このメールボックスは存在しません。")
        case .noDocument:
            return Phrase(
                de: "Dieses Dokument liegt nicht mehr in seinem Ordner.",
                en: "This document is not in its folder any more.", ja: "この書類はフォルダーにありません。")
        case .othersDocument:
            return Phrase(
                de: "„\(about)“ gehört einem anderen Mandanten.", en: "“\(about)” is another account’s.",
                ja: "「\(about)」は別のお客様の書類です。")
        case .strangersDocument:
            return Phrase(
                de:
                    "\(about) ist Kontakt eines anderen Mandanten: Das angehängte Dokument darf dorthin nicht.",
                en: "\(about) is a contact of another account: the attached document may not go there.",
                ja: "\(about) は別のお客様の連絡先です。添付の書類は送れません。")
        case .privateDocument:
            return Phrase(
                de:
                    "Liegt in einem internen Ordner: \(about). Bitte bestätigen Sie, dass Sie das freigeben möchten.",
                en:
                    "In a folder that the team alone sees: \(about). Please confirm that you want to share it.",
                ja: "社内専用フォルダーの書類です：\(about)。共有してよいかご確認ください。")
        case .tooLarge: return Writing.filesTooLarge(about)
        case .unfit:
            return Phrase(
                de: "So lässt sich die E-Mail nicht schreiben: \(refusal.words)",
                en: "The e-mail can’t be written like this: \(refusal.words)",
                ja: "この内容では送信できません：\(refusal.words)")
        case .noRequest, .noAccount, .tooLate, .title, .item, .tooManyItems, .text, .controlCharacters,
            .reminders, .name, .address, .ours, .machine, .dayIsOver, .expiresBeforeDue, .noFolder,
            .noLinks, .notRecipient, .noItem, .notCome, .hasCome, .note, .nobodyToRemind, .nothing,
            .noShare, .noLogin, .openLink:
            return ofRequest(refusal)
        }
    }

    private static func ofRequest(_ refusal: DeskRefusal) -> Phrase {
        let about = refusal.about
        switch refusal.reason {
        case .noAccount:
            return Phrase(
                de: "Diesen Mandanten gibt es nicht.", en: "There is no such account.", ja: "お客様が見つかりません。")
        case .tooLate:
            return Phrase(
                de: "Dafür ist es zu spät: Die Anforderung hat jetzt einen anderen Stand.",
                en: "It is too late for that: the request has another state now.",
                ja: "依頼の状態が変わったため、この操作はできません。")
        case .title:
            return Phrase(
                de: "Bitte einen Titel eintragen: eine Zeile, höchstens 200 Zeichen.",
                en: "Please give it a title: one line, at most 200 characters.",
                ja: "件名を入力してください（1行、200文字まで）。")
        case .item:
            return Phrase(
                de: "Ein Posten ist eine Zeile von höchstens 200 Zeichen.",
                en: "An item is one line of at most 200 characters.", ja: "項目は1行、200文字までです。")
        case .tooManyItems:
            return Phrase(de: "Höchstens 100 Posten.", en: "At most 100 items.", ja: "項目は100件までです。")
        case .text:
            return Phrase(de: "Der Text ist zu lang.", en: "The text is too long.", ja: "本文が長すぎます。")
        case .controlCharacters, .name:
            return Phrase(
                de: "Hier stehen Zeichen, die man nicht sieht. Bitte neu eintippen.",
                en: "There are characters here that nobody sees. Please type it anew.",
                ja: "表示できない文字が含まれています。入力し直してください。")
        case .reminders:
            return Phrase(
                de: "Tage der Reihe nach, zum Beispiel -3,1,7.", en: "Days in their order, such as -3,1,7.",
                ja: "日数を順に入力してください（例：-3,1,7）。")
        case .address: return Writing.unreadableAddress(about)
        case .ours:
            return Phrase(
                de: "\(about) ist eine Adresse der Kanzlei.", en: "\(about) is an address of the firm.",
                ja: "\(about) は事務所のアドレスです。")
        case .machine:
            return Phrase(
                de: "Hinter \(about) steht kein Mensch, der Briefe liest.",
                en: "Nobody reads letters at \(about).", ja: "\(about) は機器のアドレスのため送信できません。")
        case .dayIsOver:
            return Phrase(de: "Dieser Tag ist vorbei.", en: "That day is over.", ja: "過去の日付です。")
        case .expiresBeforeDue:
            return Phrase(
                de: "Die Frist läge nach dem letzten Tag.", en: "It would be due after its last day.",
                ja: "期限が最終日より後になっています。")
        case .noFolder:
            return Phrase(
                de: "Diesen Ordner hat der Mandant nicht.", en: "The account has no such folder.",
                ja: "このフォルダーはありません。")
        case .noLinks:
            return Phrase(
                de: "Links gibt es erst, wenn die öffentliche Adresse eingerichtet ist (public_url).",
                en: "There are links once the public address is set up (public_url).",
                ja: "公開アドレス（public_url）が未設定のため、リンクは使えません。")
        case .notRecipient:
            return Phrase(
                de: "Die Anforderung geht nicht an \(about).", en: "The request does not go to \(about).",
                ja: "\(about) はこの依頼の宛先ではありません。")
        case .hasCome:
            return Phrase(
                de: "„\(about)“ ist schon gekommen.", en: "“\(about)” has come already.",
                ja: "「\(about)」はすでに届いています。")
        case .notCome:
            return Phrase(
                de: "„\(about)“ ist noch nicht gekommen.", en: "“\(about)” has not come yet.",
                ja: "「\(about)」はまだ届いていません。")
        case .note:
            return Phrase(
                de: "Bitte in einer Zeile sagen, was fehlt (höchstens 1000 Zeichen).",
                en: "Please say in one line what is wrong (at most 1000 characters).",
                ja: "理由を1行で入力してください（1000文字まで）。")
        case .nobodyToRemind:
            return Phrase(
                de: "Es gibt niemanden zu erinnern.", en: "There is nobody to remind.", ja: "催促する相手がいません。")
        case .noLogin:
            return Phrase(
                de: "\(about) kann sich noch nicht anmelden. Bitte zuerst bei den Kontakten einladen.",
                en: "\(about) can’t sign in yet. Please invite them first, on the contacts’ page.",
                ja: "\(about) はまだログインできません。先に連絡先のページから招待してください。")
        case .openLink: return ProofWords.openLink
        case .noRequest, .noItem, .nothing, .noMessage, .noOriginal, .unanswerable, .nobody, .noServer,
            .noMailbox, .noDocument, .othersDocument, .strangersDocument, .tooLarge, .unfit,
            .noRequestServer, .noRecipients, .privateDocument, .noShare:
            return Phrase(
                de: "Hier ist nichts zu tun.", en: "There is nothing to do here.", ja: "実行できる操作がありません。")
        }
    }
}

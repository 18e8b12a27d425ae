/// What was done, in words; a deed that has none here shows its own name.
enum ActivityWords {
    static func phrase(_ action: String) -> Phrase { words[action] ?? Phrase(same: action) }

    private static let words: [String: Phrase] = [
        "account.add": Phrase(de: "hat den Mandanten angelegt", en: "made the account", ja: "お客様を登録"),
        "account.edit": Phrase(de: "hat den Mandanten geändert", en: "changed the account", ja: "お客様情報を変更"),
        "account.visibility": Phrase(
            de: "hat die Sichtbarkeit geändert", en: "changed who sees it", ja: "閲覧範囲を変更"),
        "contact.add": Phrase(de: "hat eine Adresse eingetragen", en: "added an address", ja: "アドレスを登録"),
        "contact.edit": Phrase(de: "hat einen Kontakt geändert", en: "changed a contact", ja: "ご担当者を変更"),
        "contact.move": Phrase(de: "hat einen Kontakt umgezogen", en: "moved a contact", ja: "ご担当者を移動"),
        "contact.invite": Phrase(
            de: "hat zu den Unterlagen eingeladen", en: "invited to the documents", ja: "書類の閲覧に招待"),
        "client.sign-in": Phrase(de: "hat sich angemeldet", en: "signed in", ja: "ログイン"),
        "contact.remove": Phrase(de: "hat eine Adresse entfernt", en: "removed an address", ja: "アドレスを削除"),
        "file.upload": Phrase(de: "hat hochgeladen", en: "uploaded", ja: "アップロード"),
        "file.rename": Phrase(de: "hat umbenannt", en: "renamed", ja: "名前を変更"),
        "file.move": Phrase(de: "hat verschoben", en: "moved", ja: "移動"),
        "file.trash": Phrase(de: "hat in den Papierkorb gelegt", en: "put in the trash", ja: "ゴミ箱に移動"),
        "file.purge": Phrase(
            de: "hat aus dem Papierkorb entfernt", en: "removed from the trash", ja: "ゴミ箱から削除"),
        "file.restore": Phrase(de: "hat wiederhergestellt", en: "restored", ja: "元に戻した"),
        "file.version": Phrase(
            de: "hat eine neue Version abgelegt", en: "filed a new version", ja: "新しいバージョンを保存"),
        "file.unfile": Phrase(
            de: "hat aus dem Ordner genommen", en: "took out of its folder", ja: "フォルダーから取り出し"),
        "file.release": Phrase(de: "hat abgelegt, was wartete", en: "filed what waited", ja: "保留分を保存"),
        "file.history": Phrase(
            de: "hat frühere Post freigegeben", en: "released earlier mail", ja: "過去のメールを公開"),
        "folder.add": Phrase(de: "hat einen Ordner angelegt", en: "made a folder", ja: "フォルダーを作成"),
        "folder.rename": Phrase(de: "hat einen Ordner umbenannt", en: "renamed a folder", ja: "フォルダー名を変更"),
        "folder.remove": Phrase(de: "hat einen Ordner entfernt", en: "removed a folder", ja: "フォルダーを削除"),
        "folder.access": Phrase(de: "hat den Zugriff geändert", en: "changed the access", ja: "アクセス権を変更"),
        "message.link": Phrase(de: "hat eine Nachricht zugeordnet", en: "linked a message", ja: "メールを紐付け"),
        "request.add": Phrase(de: "hat etwas angefordert", en: "asked for documents", ja: "書類を依頼"),
        "request.send": Phrase(de: "hat eine Anforderung gesendet", en: "sent a request", ja: "依頼を送信"),
        "request.revoke": Phrase(
            de: "hat eine Anforderung widerrufen", en: "revoked a request", ja: "依頼を取り消し"),
        "request.edit": Phrase(de: "hat eine Anforderung geändert", en: "changed a request", ja: "依頼を変更"),
        "share.add": Phrase(de: "hat Dokumente freigegeben", en: "shared documents", ja: "書類を共有"),
        "share.send": Phrase(de: "hat eine Freigabe gesendet", en: "sent a share", ja: "共有のご案内を送信"),
        "share.link": Phrase(
            de: "hat einen neuen Link zur Freigabe gemacht", en: "made a new link to a share", ja: "共有リンクを再発行"
        ),
        "share.extend": Phrase(
            de: "hat eine Freigabe verlängert", en: "let a share hold longer", ja: "共有期限を延長"),
        "share.revoke": Phrase(de: "hat eine Freigabe widerrufen", en: "revoked a share", ja: "共有を取り消し"),
        "share.proof": Phrase(
            de: "hat den Nachweis am Link geändert", en: "changed the proof at a link", ja: "リンクの本人確認を変更"),
        "link.code": Phrase(
            de: "hat einen Code geschickt", en: "sent a code", ja: "確認コードを送信"),
        "link.prove": Phrase(
            de: "hat einen richtigen Code bekommen", en: "was given the right code", ja: "確認コードによる本人確認"),
        "request.untick": Phrase(de: "fordert etwas wieder an", en: "asks for something again", ja: "再度依頼"),
        "file.wait": Phrase(
            de: "fragt nach einer Datei wieder", en: "asks about a file again", ja: "ファイルの確認を再開"),
        "file.leave": Phrase(
            de: "lässt eine Datei liegen", en: "leaves a file where it is", ja: "ファイルを保留のまま終了"),
        "request.remind": Phrase(de: "hat erinnert", en: "sent a reminder", ja: "催促を送信"),
        "request.extend": Phrase(
            de: "hat eine Anforderung verlängert", en: "let a request hold longer", ja: "依頼の期限を延長"),
        "request.link": Phrase(de: "hat neue Links gemacht", en: "made new links", ja: "リンクを再発行"),
        "request.expire": Phrase(
            de: "hat eine Anforderung ablaufen lassen", en: "let a request expire", ja: "依頼の期限切れ"),
        "request.accept": Phrase(de: "hat Unterlagen angenommen", en: "accepted documents", ja: "書類を確認"),
        "request.reconsider": Phrase(
            de: "hat eine Annahme zurückgenommen", en: "took an acceptance back", ja: "書類の確認を取り消し"),
        "request.reject": Phrase(
            de: "hat Unterlagen zurückgewiesen", en: "rejected documents", ja: "書類を差し戻し"),
        "request.tick": Phrase(de: "hat den Eingang vermerkt", en: "marked as received", ja: "受領済みにした"),
        "request.decline": Phrase(
            de: "hat vermerkt, dass es das nicht gibt", en: "marked as not available", ja: "該当なしにした"),
        "message.unlink": Phrase(
            de: "hat eine Zuordnung gelöst", en: "unlinked a message", ja: "メールの紐付けを解除"),
        "message.rejudge": Phrase(
            de: "hat eine Nachricht neu beurteilt", en: "had a message judged anew", ja: "メールを再判定"),
        "message.send": Phrase(de: "hat geschrieben", en: "wrote an email", ja: "メールを送信"),
        "message.reply": Phrase(de: "hat geantwortet", en: "replied", ja: "返信"),
        "message.forward": Phrase(de: "hat weitergeleitet", en: "forwarded an email", ja: "転送"),
        "queue.hold": Phrase(de: "hält einen Brief zurück", en: "holds a letter back", ja: "送信を保留"),
        "queue.release": Phrase(de: "hat einen Brief freigegeben", en: "let a letter go", ja: "送信保留を解除"),
        "queue.cancel": Phrase(
            de: "hat einen Brief nicht gesendet", en: "took a letter back", ja: "送信を取り消し"),
        "queue.retry": Phrase(de: "sendet einen Brief erneut", en: "sends a letter again", ja: "再送信"),
        "file.open": Phrase(
            de: "hat eine verschlüsselte Datei geöffnet", en: "opened an encrypted file",
            ja: "暗号化されたファイルを開封"),
        "password.remember": Phrase(
            de: "hat ein Passwort für Dateien merken lassen", en: "had a password for files remembered",
            ja: "ファイルのパスワードを記憶"),
        "password.forget": Phrase(
            de: "hat gemerkte Passwörter vergessen lassen", en: "had remembered passwords forgotten",
            ja: "記憶済みのパスワードを削除"),
        "conversation.open": Phrase(
            de: "hat einen Vorgang wieder geöffnet", en: "reopened a conversation", ja: "やり取りを再開"),
        "conversation.waiting": Phrase(
            de: "lässt einen Vorgang auf den Mandanten warten", en: "has a conversation wait for the client",
            ja: "やり取りを返信待ちに変更"),
        "conversation.snoozed": Phrase(
            de: "hat einen Vorgang auf Wiedervorlage gelegt", en: "snoozed a conversation", ja: "やり取りを保留"),
        "conversation.done": Phrase(
            de: "hat einen Vorgang erledigt", en: "finished a conversation", ja: "やり取りを完了"),
        "conversation.assign": Phrase(
            de: "hat einen Vorgang zugewiesen", en: "assigned a conversation", ja: "やり取りの担当者を変更"),
        "conversation.note": Phrase(
            de: "hat eine Notiz geschrieben", en: "wrote a note", ja: "メモを記入"),
        "conversation.undo": Phrase(
            de: "hat an einem Vorgang etwas zurückgenommen", en: "took something back on a conversation",
            ja: "やり取りの操作を取り消し"),
        "conversation.account": Phrase(
            de: "hat einem Vorgang einen anderen Mandanten gegeben",
            en: "gave a conversation another account",
            ja: "やり取りのお客様を変更"),
    ]
}

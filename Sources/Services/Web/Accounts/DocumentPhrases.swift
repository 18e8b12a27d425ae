/// What the pages of documents say.
extension Phrase {
    static let folders = Phrase(de: "Ordner", en: "Folders", ja: "フォルダー")
    static let upload = Phrase(de: "Hochladen", en: "Upload", ja: "アップロード")
    static let chooseFiles = Phrase(de: "Dateien auswählen", en: "Choose files", ja: "ファイルを選択")
    static let newFolder = Phrase(de: "Neuer Ordner", en: "New folder", ja: "新しいフォルダー")
    static let newSubfolder = Phrase(de: "Neuer Unterordner", en: "New subfolder", ja: "サブフォルダーを作成")
    static let rename = Phrase(de: "Umbenennen", en: "Rename", ja: "名前を変更")
    static let changeAccess = Phrase(de: "Zugriff ändern", en: "Change access", ja: "アクセス権を変更")
    static let downloadZip = Phrase(de: "Als ZIP herunterladen", en: "Download as ZIP", ja: "ZIPでダウンロード")
    static let removeFolder = Phrase(de: "Ordner entfernen", en: "Remove folder", ja: "フォルダーを削除")
    static let download = Phrase(de: "Herunterladen", en: "Download", ja: "ダウンロード")
    static let move = Phrase(de: "Verschieben", en: "Move", ja: "移動")
    static let trash = Phrase(de: "Papierkorb", en: "Trash", ja: "ゴミ箱")
    static let toTrash = Phrase(de: "In den Papierkorb", en: "Move to trash", ja: "ゴミ箱に移動")
    static let restore = Phrase(de: "Wiederherstellen", en: "Restore", ja: "元に戻す")
    static let versions = Phrase(de: "Versionen", en: "Versions", ja: "バージョン")
    static let showMessage = Phrase(de: "Nachricht zeigen", en: "Show message", ja: "メールを表示")
    static let showFolder = Phrase(de: "Ordner zeigen", en: "Show folder", ja: "フォルダーを表示")
    static let origin = Phrase(de: "Herkunft", en: "Origin", ja: "経路")
    static let filedWhen = Phrase(de: "Eingang", en: "Filed", ja: "保存日時")
    static let size = Phrase(de: "Größe", en: "Size", ja: "サイズ")
    static let actions = Phrase(de: "Aktionen", en: "Actions", ja: "操作")
    static let originMail = Phrase(de: "E-Mail", en: "Email", ja: "メール")
    static let originStaff = Phrase(de: "Team", en: "Team", ja: "社内")
    static let originDisk = Phrase(de: "Dateisystem", en: "File system", ja: "ファイルシステム")
    static let originClient = Phrase(
        de: "Mandant (Ordnerseite)", en: "Client (folder page)", ja: "お客様（フォルダー）")
    static let originUpload = Phrase(de: "Anforderung", en: "Request", ja: "ご依頼")
    static let emptyFolder = Phrase(
        de: "Dieser Ordner ist leer", en: "This folder is empty", ja: "このフォルダーは空です")
    static let emptyTrash = Phrase(de: "Der Papierkorb ist leer", en: "The trash is empty", ja: "ゴミ箱は空です")
    static let emptyTheTrash = Phrase(de: "Papierkorb leeren", en: "Empty the trash", ja: "ゴミ箱を空にする")
    static func emptyTrashWarning(_ count: Int) -> Phrase {
        Phrase(
            de: count == 1
                ? "1 Dokument verlässt den Papierkorb und lässt sich dann nicht mehr zurückholen."
                : "\(count) Dokumente verlassen den Papierkorb und lassen sich dann nicht mehr zurückholen.",
            en: count == 1
                ? "1 document leaves the trash and can’t be restored after."
                : "\(count) documents leave the trash and can’t be restored after.",
            ja: "\(count)件の書類をゴミ箱から削除します。元に戻すことはできません。")
    }
    static let trashHint = Phrase(
        de: "120 Tage lang kommt hier alles wieder zurück.",
        en: "For 120 days everything here can be restored.",
        ja: "120日間は元に戻せます。")
    static let chosen = Phrase(de: "Ausgewählte:", en: "Chosen:", ja: "選択した書類：")
    static let moveTo = Phrase(de: "verschieben nach", en: "move to", ja: "移動先")
    static let legendEdit = Phrase(de: "ansehen und bearbeiten", en: "view and edit", ja: "閲覧・編集可")
    static let legendView = Phrase(de: "nur ansehen", en: "view only", ja: "閲覧のみ")
    static let legendTeam = Phrase(de: "nur das Team", en: "team only", ja: "社内のみ")
    static let whoMaySee = Phrase(de: "Was der Mandant darf", en: "What the client may do", ja: "お客様の権限")
    static let topLevel = Phrase(
        de: "Neuer Ordner auf oberster Ebene", en: "New top-level folder", ja: "最上位のフォルダーを作成")
    static let openRequestsHere = Phrase(de: "Offene Anforderungen", en: "Open requests", ja: "依頼中の書類")

    static func dropHere(_ folder: String) -> Phrase {
        Phrase(
            de: "Dateien hierher ziehen, um sie in „\(folder)“ abzulegen",
            en: "Drop files here to file them in “\(folder)”",
            ja: "ここにドロップすると「\(folder)」に保存します")
    }
    static func actionsFor(_ name: String) -> Phrase {
        Phrase(de: "Aktionen für \(name)", en: "Actions for \(name)", ja: "\(name)の操作")
    }
    static func choose(_ name: String) -> Phrase {
        Phrase(de: "\(name) auswählen", en: "Choose \(name)", ja: "\(name)を選択")
    }
    static func versionCount(_ count: Int) -> Phrase {
        .count(
            count, de: ("frühere Version", "frühere Versionen"), en: ("earlier version", "earlier versions"),
            ja: "旧版")
    }
    static func trashedBy(_ name: String) -> Phrase {
        Phrase(de: "gelöscht von \(name)", en: "trashed by \(name)", ja: "\(name)が削除")
    }

    // MARK: - Access

    static func reveals(_ documents: Int) -> Phrase {
        Phrase(
            de: documents == 1
                ? "Ein Dokument wird für den Mandanten sichtbar."
                : "\(documents) Dokumente werden für den Mandanten sichtbar.",
            en: documents == 1
                ? "One document becomes visible to the client."
                : "\(documents) documents become visible to the client.",
            ja: "\(documents)件の書類がお客様に表示されます。")
    }
    static let hides = Phrase(
        de: "Der Mandant sieht diesen Ordner dann nicht mehr. Was er schon heruntergeladen hat, behält er.",
        en: "The client no longer sees this folder. What was downloaded already stays with them.",
        ja: "お客様はこのフォルダーを閲覧できなくなります。ダウンロード済みのものは残ります。")
    static let visibleTo = Phrase(
        de: "Sehen können es dann:", en: "Those who can see it then:", ja: "閲覧できるようになる方：")
    static let nobodyLogsIn = Phrase(
        de: "Noch hat kein Kontakt einen Zugang; wer künftig einen bekommt, sieht den Ordner.",
        en: "No contact has a login yet; whoever gets one will see the folder.",
        ja: "ログインできる方はまだいません。今後ログインを付与された方が閲覧できます。")
    static let understood = Phrase(
        de: "Ja, das soll der Mandant sehen", en: "Yes, the client is to see this", ja: "はい、お客様に公開します")
    static let confirmFirst = Phrase(
        de: "Bitte bestätigen: danach ist es sichtbar.", en: "Please confirm: it is visible after that.",
        ja: "公開してよいかご確認ください。")
    static let intakeStays = Phrase(
        de: "Dieser Ordner bleibt intern: hier liegt, was noch niemand bestätigt hat.",
        en: "This folder stays internal: here lies what nobody has confirmed yet.", ja: "このフォルダーは社内専用です。")
    static let guestsArePrivate = Phrase(
        de: "Ein Gastkonto hat nur interne Ordner.", en: "A guest account has internal folders only.",
        ja: "ゲストのフォルダーは社内専用です。")

    // MARK: - Forms

    static func removeWarning(_ documents: Int) -> Phrase {
        Phrase(
            de: documents == 0
                ? "Der Ordner ist leer."
                : documents == 1
                    ? "Ein Dokument geht in den Papierkorb."
                    : "\(documents) Dokumente gehen in den Papierkorb.",
            en: documents == 0
                ? "The folder is empty."
                : documents == 1
                    ? "One document goes to the trash." : "\(documents) documents go to the trash.",
            ja: documents == 0 ? "フォルダーは空です。" : "\(documents)件の書類がゴミ箱に移動します。")
    }
    static let isAskedFor = Phrase(
        de: "Eine offene Anforderung erwartet Dateien in diesem Ordner.",
        en: "An open request expects files in this folder.", ja: "このフォルダーへの依頼が進行中です。")
    static let folderStays = Phrase(
        de: "Dieser Ordner kann nicht entfernt werden.", en: "This folder cannot be removed.",
        ja: "このフォルダーは削除できません。")
    static let destination = Phrase(de: "Wohin", en: "Where to", ja: "移動先")
    static let moveChanges = Phrase(
        de: "Ein Dokument bekommt den Zugriff des neuen Ordners.",
        en: "A document gets the access of its new folder.",
        ja: "移動先フォルダーのアクセス権が適用されます。")
    static let current = Phrase(de: "aktuell", en: "current", ja: "現在")
    static func version(_ number: Int) -> Phrase {
        Phrase(de: "Version \(number)", en: "Version \(number)", ja: "バージョン\(number)")
    }
    static let newVersion = Phrase(
        de: "Neue Version hochladen", en: "Upload a new version", ja: "新しいバージョンをアップロード")
    static let makeCurrent = Phrase(de: "Wieder aktuell machen", en: "Make current again", ja: "このバージョンに戻す")
    static let fileMissing = Phrase(
        de: "Keine Datei gewählt.", en: "No file was chosen.", ja: "ファイルが選択されていません。")

    // MARK: - All documents

    static let searchName = Phrase(de: "Name enthält", en: "Name contains", ja: "名前に含む")
    static let filter = Phrase(de: "Filtern", en: "Filter", ja: "絞り込む")
    static let anyKind = Phrase(de: "Jede Art", en: "Any type", ja: "すべての種類")
    static let anyOrigin = Phrase(de: "Jede Herkunft", en: "Any origin", ja: "すべての経路")
    static let fileType = Phrase(de: "Dateiart", en: "File type", ja: "種類")
    static let noDocuments = Phrase(
        de: "Kein Dokument passt dazu", en: "No document fits", ja: "該当する書類はありません")
    static let ofAccountNumber = Phrase(de: "Mandantennummer", en: "Account number", ja: "お客様番号")
}

extension DoneNote {
    static let uploaded = DoneNote(
        "uploaded", Phrase(de: "Hochgeladen und abgelegt", en: "Uploaded and filed", ja: "アップロードしました"))
    static let uploadedKnown = DoneNote(
        "uploaded-known",
        Phrase(
            de: "Diese Datei ist hier schon abgelegt", en: "This file is filed here already",
            ja: "同じファイルがすでにあります"))
    static let renamed = DoneNote("renamed", Phrase(de: "Umbenannt", en: "Renamed", ja: "名前を変更しました"))
    static let trashed = DoneNote(
        "trashed", Phrase(de: "Im Papierkorb", en: "In the trash", ja: "ゴミ箱に移動しました"))
    static let restored = DoneNote("restored", Phrase(de: "Wiederhergestellt", en: "Restored", ja: "元に戻しました"))
    static let folderMade = DoneNote(
        "folder-made", Phrase(de: "Ordner angelegt", en: "Folder made", ja: "フォルダーを作成しました"))
    static let folderRemoved = DoneNote(
        "folder-removed", Phrase(de: "Ordner entfernt", en: "Folder removed", ja: "フォルダーを削除しました"))
    static let accessChanged = DoneNote(
        "access", Phrase(de: "Zugriff geändert", en: "Access changed", ja: "アクセス権を変更しました"))
    static let versionAdded = DoneNote(
        "version", Phrase(de: "Neue Version abgelegt", en: "New version filed", ja: "新しいバージョンを保存しました"))
    static let versionSame = DoneNote(
        "version-same",
        Phrase(
            de: "Das ist schon der Inhalt: nichts geändert", en: "Those are its contents already",
            ja: "内容は同じです"))
    static let accountMade = DoneNote(
        "account", Phrase(de: "Mandant angelegt", en: "Account made", ja: "お客様を登録しました"))
    static let contactAdded = DoneNote(
        "contact", Phrase(de: "Kontakt eingetragen", en: "Contact added", ja: "ご担当者を登録しました"))
    static let contactRemoved = DoneNote(
        "contact-removed", Phrase(de: "Kontakt entfernt", en: "Contact removed", ja: "ご担当者を削除しました"))
    static let contactMoved = DoneNote(
        "contact-moved", Phrase(de: "Kontakt umgezogen", en: "Contact moved", ja: "ご担当者を移しました"))
    static let invited = DoneNote(
        "invited",
        Phrase(de: "Eingeladen, der Brief geht hinaus", en: "Invited, the letter goes out", ja: "招待メールを送信します")
    )

    static let trashEmptied = DoneNote(
        "trash-empty", Phrase(de: "Papierkorb geleert", en: "Trash emptied", ja: "ゴミ箱を空にしました"))
    static let moved = DoneNote("moved", Phrase(de: "Verschoben", en: "Moved", ja: "移動しました"))
    static let ofAccounts: [DoneNote] = [
        uploaded, uploadedKnown, renamed, moved, trashed, trashEmptied, restored, folderMade, folderRemoved,
        accessChanged,
        versionAdded, versionSame, accountMade, contactAdded, contactRemoved, contactMoved,
        invited,
    ]
}

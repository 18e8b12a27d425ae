internal import Store

/// What is told of the disk, and what to do about it.
extension Phrase {
    static func diskReport(_ report: DiskReport) -> Phrase {
        switch report.kind {
        case .gone: .documentsGone(report.count)
        case .stray: .filesOfAnother(1)
        case .stranger:
            Phrase(
                de: "Gehört zu keinem Mandanten", en: "No account’s directory", ja: "どのお客様のフォルダーでもありません")
        case .loose: Phrase(de: "Datei außerhalb der Ordner", en: "A file in no folder", ja: "フォルダー外のファイル")
        case .closed:
            Phrase(
                de: "Verknüpfung oder nicht lesbar", en: "A link, or nothing that may be read",
                ja: "リンク、または読み取れないファイル")
        case .name:
            Phrase(
                de: "Ein Name, den kein Dokument haben kann", en: "A name that no document can have",
                ja: "書類に使用できない名前")
        case .changed:
            Phrase(
                de: "Geändert, obwohl hier nur gelesen wird", en: "Changed, though this is for reading only",
                ja: "読み取り専用ですが変更されています")
        case .foreign:
            Phrase(
                de: (report.count == 1 ? "1 Datei" : "\(report.count) Dateien")
                    + " abgelegt, obwohl hier nur gelesen wird",
                en: (report.count == 1 ? "1 file" : "\(report.count) files")
                    + " put here, though this is for reading only",
                ja: "読み取り専用ですが、ファイル\(report.count)件が置かれています")
        case .watch:
            Phrase(
                de: "Änderungen werden nur stündlich gesehen", en: "Changes are seen once an hour only",
                ja: "変更の確認が1時間ごとになっています")
        case .room:
            Phrase(
                de: "Kein Platz, um Geändertes aufzubewahren", en: "No room to keep what was changed",
                ja: "変更を保管する空き容量がありません")
        }
    }

    static func diskAdvice(_ kind: DiskReport.Kind) -> Phrase {
        switch kind {
        case .gone, .stray: .lossComesBack
        case .stranger, .loose:
            Phrase(
                de: "Verschieben Sie es in den Ordner eines Mandanten, oder löschen Sie es",
                en: "Move it into a folder of an account, or delete it", ja: "お客様のフォルダーに移動するか、削除してください")
        case .closed:
            Phrase(
                de: "Legen Sie statt der Verknüpfung die Datei selbst hierher, oder erlauben Sie das Lesen",
                en: "Put the file itself here instead of the link, or allow it to be read",
                ja: "リンクの代わりにファイル自体を置くか、読み取りを許可してください")
        case .name:
            Phrase(de: "Benennen Sie die Datei um", en: "Rename the file", ja: "ファイルの名前を変更してください")
        case .changed, .foreign:
            Phrase(
                de: "Ändern und hochladen können Sie auf den Seiten", en: "Change and upload on the pages",
                ja: "変更とアップロードは画面から行ってください")
        case .watch:
            Phrase(
                de: "Wer den Server betreut, erhöht fs.inotify.max_user_watches",
                en: "Whoever looks after the server raises fs.inotify.max_user_watches",
                ja: "サーバー管理者がfs.inotify.max_user_watchesを引き上げてください")
        case .room:
            Phrase(
                de: "Es geht von selbst weiter, sobald Platz ist",
                en: "It goes on by itself as soon as there is room",
                ja: "空き容量ができると自動的に再開します")
        }
    }
}

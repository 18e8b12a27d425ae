internal import Markup

/// The keys of the inbox, shown by `?`; they stand in inbox.js.
struct KeyHelp {
    let visit: Visit

    private static let keys: [(String, Phrase)] = [
        ("J  K", Phrase(de: "nächster, voriger Vorgang", en: "next, previous conversation", ja: "次・前のやり取り")),
        ("Enter", Phrase(de: "öffnen", en: "open", ja: "開く")),
        ("U", .markUnread), ("X", .select),
        ("Shift X", Phrase(de: "bis hierher auswählen", en: "select up to here", ja: "ここまで選択")),
        ("E", .markDone), ("Z", .snooze), ("W", .markWaiting), ("A", .assign), ("I", .assignToMe),
        ("R", .reply), ("N", .note), ("Q", .requestFiles), ("M", .changeAccount),
        ("F", Phrase(de: "Datei ablegen, verschieben", en: "file, move a file", ja: "ファイルの保存・移動")),
        ("/", .search), ("G I", .inbox), ("G M", .mine), ("G A", .accounts),
        ("Ctrl Z", .undo), ("?", Phrase(de: "diese Hilfe", en: "this help", ja: "このヘルプ")),
    ]

    var html: HTML {
        let rows = Self.keys.map { key, words -> HTML in
            "<kbd>\(key)</kbd><span>\(visit.say(words))</span>"
        }
        return """
            <dialog id="keys" aria-labelledby="keys-title"><form method="dialog" class="row-flex"><h2 id="keys-title" class="grow">\
            \(visit.say(Self.title))</h2><button class="btn small">\(visit.say(.close))</button></form>\
            <div class="keys">\(rows)</div><p class="muted">\(visit.say(Self.off))</p></dialog>
            """
    }

    private static let title = Phrase(de: "Tastenkürzel", en: "Keyboard shortcuts", ja: "キーボードショートカット")
    private static let off = Phrase(
        de: "Abschalten lassen sie sich in den Einstellungen.",
        en: "They can be switched off in the settings.",
        ja: "設定でオフにできます。")
}

/// The list of conversations and what is done with them.
extension Phrase {
    static let viewOpen = Phrase(de: "Offen", en: "Open", ja: "未対応")
    static let viewAll = Phrase(de: "Alle", en: "All", ja: "すべて")
    static let tabUnread = Phrase(de: "Ungelesen", en: "Unread", ja: "未読")
    static let tabFiles = Phrase(de: "Mit Dateien", en: "With files", ja: "添付あり")
    static let filterTabs = Phrase(de: "Filter", en: "Filter", ja: "絞り込み")
    static let conversations = Phrase(de: "Vorgänge", en: "Conversations", ja: "やり取り")
    static let conversation = Phrase(de: "Vorgang", en: "Conversation", ja: "やり取り")
    static let unreadMark = Phrase(de: "Ungelesen. ", en: "Unread. ", ja: "未読。")
    static let attachmentsMark = Phrase(de: "Anhänge: ", en: "Attachments: ", ja: "添付：")
    static let unknownSender = Phrase(de: "Unbekannter Absender", en: "Unknown sender", ja: "不明な差出人")
    static let noSubject = Phrase(de: "(kein Betreff)", en: "(no subject)", ja: "（件名なし）")
    static let olderOnes = Phrase(de: "Ältere anzeigen", en: "Show older ones", ja: "以前のものを表示")
    static let chooseOne = Phrase(
        de: "Wählen Sie links einen Vorgang", en: "Choose a conversation on the left", ja: "左の一覧から選択してください")
    static let allDone = Phrase(de: "Alles erledigt", en: "All done", ja: "すべて対応済みです")
    static let allDoneText = Phrase(
        de: "Neue Post erscheint hier von selbst.", en: "New mail appears here by itself.",
        ja: "新しいメールは自動的に表示されます。")
    static let nothingHere = Phrase(de: "Hier ist nichts", en: "There is nothing here", ja: "該当するものはありません")
    static let select = Phrase(de: "Auswählen", en: "Select", ja: "選択")
    static let endSelecting = Phrase(de: "Fertig", en: "Stop selecting", ja: "選択を終了")
    static let selectedOnes = Phrase(de: "Ausgewählte Vorgänge", en: "Selected conversations", ja: "選択中のやり取り")
    static let chosenCount = Phrase(de: "ausgewählt", en: "selected", ja: "件を選択中")
    static let backToList = Phrase(de: "Zurück zur Liste", en: "Back to the list", ja: "一覧に戻る")
    static let reply = Phrase(de: "Antworten", en: "Reply", ja: "返信")
    static let replyAll = Phrase(de: "Allen antworten", en: "Reply all", ja: "全員に返信")
    static let forward = Phrase(de: "Weiterleiten", en: "Forward", ja: "転送")
    static let note = Phrase(de: "Notiz", en: "Note", ja: "メモ")
    static let requestFiles = Phrase(de: "Unterlagen anfordern", en: "Request files", ja: "書類を依頼")
    static let assign = Phrase(de: "Zuweisen", en: "Assign", ja: "担当者を決める")
    static let assignToMe = Phrase(de: "Mir zuweisen", en: "Assign to me", ja: "自分が担当する")
    static let nobody = Phrase(de: "Niemand", en: "Nobody", ja: "担当者なし")
    static let snooze = Phrase(de: "Auf Wiedervorlage", en: "Snooze", ja: "後で対応する")
    static let markDone = Phrase(de: "Erledigt", en: "Done", ja: "完了にする")
    static let reopen = Phrase(de: "Wieder öffnen", en: "Open again", ja: "未対応に戻す")
    static let markWaiting = Phrase(de: "Wartet auf Mandant", en: "Waiting for client", ja: "返信待ちにする")
    static let markUnread = Phrase(de: "Als ungelesen markieren", en: "Mark unread", ja: "未読にする")
    static let moreActions = Phrase(de: "Weitere Aktionen", en: "More actions", ja: "その他の操作")
    static let messages = Phrase(de: "Nachrichten", en: "Messages", ja: "メッセージ")

    static let laterToday = Phrase(de: "In drei Stunden", en: "In three hours", ja: "3時間後")
    static let tomorrow = Phrase(de: "Morgen, 8 Uhr", en: "Tomorrow at 8", ja: "明日の8時")
    static let nextMonday = Phrase(de: "Nächsten Montag", en: "Next Monday", ja: "来週の月曜日")
    static let nextMonth = Phrase(de: "In einem Monat", en: "In a month", ja: "1か月後")
    static let withNextMail = Phrase(
        de: "Bis der Mandant schreibt", en: "Until the client writes", ja: "返信があるまで")
    static let onADay = Phrase(de: "An einem Tag", en: "On a day", ja: "日付を指定")
    static let pastDay = Phrase(
        de: "Dieser Tag liegt nicht in der Zukunft.", en: "This day is not in the future.",
        ja: "今日より後の日付を指定してください。")

    static func selectOne(_ subject: String) -> Phrase {
        Phrase(de: "Auswählen: \(subject)", en: "Select: \(subject)", ja: "選択：\(subject)")
    }
    static func assignedTo(_ name: String) -> Phrase {
        Phrase(de: "Zugewiesen an \(name)", en: "Assigned to \(name)", ja: "担当：\(name)")
    }
    static func snoozedUntil(_ when: String) -> Phrase {
        Phrase(de: "Wiedervorlage \(when)", en: "Snoozed until \(when)", ja: "\(when)まで保留")
    }
    static func inboxTitle(_ view: String, _ count: String) -> Phrase {
        Phrase(de: "\(view), \(count)", en: "\(view), \(count)", ja: "\(view)、\(count)件")
    }
    static func isReading(_ name: String) -> Phrase {
        Phrase(de: "\(name) liest gerade", en: "\(name) is reading this", ja: "\(name)さんが閲覧中")
    }
    static func isWriting(_ name: String) -> Phrase {
        Phrase(de: "\(name) schreibt gerade", en: "\(name) is writing", ja: "\(name)さんが入力中")
    }
}

extension DoneNote {
    static let inbox = [
        conversationDone, conversationOpen, conversationWaiting, conversationSnoozed, assigned, noted, undone,
        accountChanged,
    ]
    static let conversationDone = DoneNote("done", Phrase(de: "Erledigt", en: "Done", ja: "完了にしました"))
    static let conversationOpen = DoneNote(
        "open", Phrase(de: "Wieder offen", en: "Open again", ja: "未対応に戻しました"))
    static let conversationWaiting = DoneNote(
        "waiting", Phrase(de: "Wartet auf Mandant", en: "Waiting for the client", ja: "返信待ちにしました"))
    static let conversationSnoozed = DoneNote(
        "snoozed", Phrase(de: "Auf Wiedervorlage", en: "Snoozed", ja: "後で対応するに移しました"))
    static let assigned = DoneNote("assigned", Phrase(de: "Zugewiesen", en: "Assigned", ja: "担当者を変更しました"))
    static let noted = DoneNote("noted", Phrase(de: "Notiert", en: "Noted", ja: "メモを残しました"))
    static let undone = DoneNote("undone", Phrase(de: "Zurückgenommen", en: "Taken back", ja: "取り消しました"))
}

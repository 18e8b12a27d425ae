/// What was done with letters and requests.
extension DoneNote {
    static let asking: [DoneNote] = [
        letterSent, letterTakenBack, letterHasLeft, draftDiscarded, requestSent, requestOpen, requestKept,
        reminded, requestRevoked, requestExtended, linksRenewed, itemsAccepted, itemRejected, itemChanged,
    ]

    static let letterSent = DoneNote(
        "letter-sent", Phrase(de: "Wird gesendet", en: "Sending", ja: "送信します"))
    static let letterTakenBack = DoneNote(
        "letter-back",
        Phrase(
            de: "Nicht gesendet. Hier ist der Entwurf.", en: "Not sent. Here is the draft.",
            ja: "送信を取り消しました。下書きに戻しました。"))
    static let letterHasLeft = DoneNote("letter-left", Writing.tooLateToUndo)
    static let draftDiscarded = DoneNote(
        "discarded", Phrase(de: "Entwurf verworfen", en: "Draft discarded", ja: "下書きを破棄しました"))
    static let requestSent = DoneNote(
        "request-sent", Phrase(de: "Anforderung gesendet", en: "Request sent", ja: "依頼を送信しました"))
    static let requestOpen = DoneNote(
        "request-open",
        Phrase(
            de: "Der Link gilt ab jetzt. Bitte selbst weitergeben.",
            en: "The link holds from now on. Please hand it over yourself.", ja: "リンクが有効になりました。お客様へお渡しください。"))
    static let requestKept = DoneNote(
        "request-kept", Phrase(de: "Als Entwurf behalten", en: "Kept as a draft", ja: "下書きとして保存しました"))
    static let reminded = DoneNote(
        "reminded", Phrase(de: "Erinnerung gesendet", en: "Reminder sent", ja: "催促を送信しました"))
    static let requestRevoked = DoneNote(
        "revoked",
        Phrase(
            de: "Widerrufen: Ihre Links gelten nicht mehr", en: "Revoked: its links are void",
            ja: "取り消しました。リンクは無効です"))
    static let requestExtended = DoneNote(
        "extended", Phrase(de: "Verlängert", en: "Extended", ja: "期限を延長しました"))
    static let linksRenewed = DoneNote(
        "links-new",
        Phrase(
            de: "Neue Links; die alten gelten nicht mehr", en: "New links; the old ones are void",
            ja: "新しいリンクを発行しました"))
    static let itemsAccepted = DoneNote(
        "accepted", Phrase(de: "Angenommen", en: "Accepted", ja: "受領を確認しました"))
    static let itemRejected = DoneNote(
        "rejected",
        Phrase(
            de: "Zurückgewiesen und neu angefordert", en: "Rejected and asked for again",
            ja: "差し戻し、再提出を依頼しました"))
    static let itemChanged = DoneNote(
        "item", Phrase(de: "Geändert", en: "Changed", ja: "変更しました"))
}

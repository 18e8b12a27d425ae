/// What a toast says after a deed, by a short name that the address may carry.
///
/// The words are never taken from the address: nobody can have our page say what he likes.
package struct DoneNote: Hashable, Sendable {
    let code: String
    let phrase: Phrase

    init(_ code: String, _ phrase: Phrase) {
        self.code = code
        self.phrase = phrase
    }

    /// Every note that there is: a new one is added here.
    private static let all: [DoneNote] =
        [saved, picturesAllowed, picturesForbidden] + inbox + peopleNotes + ofAccounts + asking + sharing
        + triage + onDisk

    package static let saved = DoneNote(
        "saved", Phrase(de: "Gespeichert", en: "Saved", ja: "保存しました"))

    package static let picturesAllowed = DoneNote(
        "pictures",
        Phrase(
            de: "Bilder dieses Absenders werden künftig geladen",
            en: "Pictures of this sender will be loaded",
            ja: "今後この差出人の画像を表示します"))
    package static let picturesForbidden = DoneNote(
        "no-pictures",
        Phrase(
            de: "Bilder dieses Absenders werden nicht mehr geladen",
            en: "Pictures of this sender will not be loaded any more", ja: "今後この差出人の画像は表示しません"))
    static func named(_ code: String) -> DoneNote? { all.first { $0.code == code } }
}

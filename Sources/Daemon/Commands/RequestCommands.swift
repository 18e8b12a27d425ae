internal import Configuration
internal import Mailroom

extension CommandTable {
    private static let message = [
        Option("--message", value: "TEXT", "what the client reads above the items"),
        Option("--message-file", value: "FILE", "the same, from a file in UTF-8"),
    ]
    private static let to = Option(
        "--to", value: "ADDRESS", repeats: true, "whom it goes to: each gets a letter of their own")
    private static let item = Option("--item", value: "NAME", repeats: true, "a document that is asked for")
    private static let document = Option(
        "--document", value: "ID", repeats: true, "a document of the account for them to look at")
    private static let due = Option("--due", value: "DAY", "when it is due: 2026-12-10")
    private static let folder = Option(
        "--folder", value: "F", "where answers are filed; else the account's default folder")
    private static let language = Option("--language", value: "LANGUAGE", "de, ja or en; else the account's")
    private static let proof = Option(
        "--proof", value: "PROOF",
        "what each link asks: none, code (by mail) or login; else as the firm has it")
    private static let noMail = Option("--no-mail", "no letter: hand over the link yourself")

    private static let hidden = Option("--private", "documents of folders that the team alone sees too")

    static let requestCommands: [Command] = [
        Command(
            "request send", operands: "NUMBER TITLE | ID", least: 1, most: 2,
            options: [folder, item, to, due]
                + [
                    Option(
                        "--expires", value: "DAY", "the last day it holds; else due and 60 days, at least 90"),
                    language,
                ] + message + [
                    document, hidden,
                    Option("--reminders", value: "DAYS", "a cadence of its own, such as -3,1,7"), proof,
                    Option("--by", value: "NAME", "who asks, as the client reads it; else you, or the firm"),
                    Option("--draft", "only keep it: request send ID sends it"), noMail, .json,
                ], "asks a client for documents, or sends that request again",
            .onDataWithFiles(options: ["--message-file"], RequestSending.run)),
        Command(
            "request list",
            options: [
                Option("--account", value: "N", "of one account"),
                Option(
                    "--state", value: "STATE",
                    "draft, open, answered, revoked or expired; undelivered or overdue: open ones that are"),
                Option("--all", "closed ones too"), .json,
            ], "drafts and open requests, newest first", .onData(RequestList.run)),
        Command(
            "request show", operands: "ID", least: 1, most: 1, options: [.json],
            "one request with its items, recipients, and what came", .onData(RequestShow.run)),
        Command(
            "request remind", operands: "ID", least: 1, most: 1, options: [to, .json],
            "reminds its recipients now", .onData(RequestReminding.run)),
        Command(
            "request edit", operands: "ID", least: 1, most: 1,
            options: [Option("--title", value: "TITLE", "another title")] + message + [
                folder, Option("--due", value: "DAY", "another day; none: never"), language,
                Option("--reminders", value: "DAYS", "a cadence of its own; firm: as the firm"),
                Option("--proof", value: "PROOF", "what each link asks: none, code (by mail) or login"),
                .json,
            ], "changes what is given, and leaves the rest",
            .onDataWithFiles(options: ["--message-file"], RequestEditing.run)),
        Command(
            "request add", operands: "ID", least: 1, most: 1,
            options: [item, document, hidden, to, noMail, .json],
            "adds items, documents or recipients to a request", .onData(RequestAdding.run)),
        Command(
            "request link", operands: "ID", least: 1, most: 1,
            options: [to, Option("--new", "make new links: those before are void"), .json],
            "its links, to be copied", .onData(RequestLinking.run)),
        Command(
            "request extend", operands: "ID", least: 1, most: 1,
            options: [
                Option("--until", value: "DAY", "the last day it holds; else as if sent today"), due, .json,
            ],
            "lets a request hold longer; an expired one is open again", .onData(RequestLinking.extend)),
        Command(
            "request revoke", operands: "ID", least: 1, most: 1, options: [.json],
            "takes a request back: its links are void for ever", .onData(RequestLinking.revoke)),
        Command(
            "request accept", operands: "ID [ITEM…]", least: 1, most: nil,
            options: [
                Option("--unavailable", "the client has none of these"),
                Option("--undo", "these are to be looked at again"), .json,
            ],
            "takes items as they came; without a number all that came", .onData(RequestJudging.accept)),
        Command(
            "request reject", operands: "ID ITEM", least: 2, most: 2,
            options: [Option("--note", value: "TEXT", "why: the client reads it"), noMail, .json],
            "refuses an item and asks for it again", .onData(RequestJudging.reject)),
        Command(
            "request tick", operands: "ID ITEM [MESSAGE:PART]", least: 2, most: 3, options: [.json],
            "says that an item came, and which document it is", .onData(RequestJudging.tick)),
        Command(
            "request untick", operands: "ID ITEM", least: 2, most: 2, options: [.json],
            "says that an item did not come after all", .onData(RequestJudging.untick)),
        Command(
            "request rename", operands: "ID ITEM NAME", least: 3, most: 3, options: [.json],
            "calls an item otherwise", .onData(RequestJudging.rename)),
        Command(
            "request withdraw", operands: "ID ITEM", least: 2, most: 2, options: [.json],
            "asks for an item no more", .onData(RequestJudging.withdraw)),
    ]
}

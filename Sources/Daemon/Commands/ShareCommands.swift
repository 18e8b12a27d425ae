internal import Configuration
internal import Mailroom

extension CommandTable {
    private static let to = Option("--to", value: "ADDRESS", repeats: true, "of these recipients alone")

    static let shareCommands: [Command] = [
        Command(
            "share add", operands: "NUMBER DOCUMENT…", least: 2, most: nil,
            options: [
                Option(
                    "--to", value: "ADDRESS", repeats: true,
                    "who may look: each gets a letter and a link of their own"),
                Option("--expires", value: "DAY", "the last day they may; else as the firm has it, 7 days"),
                Option("--message", value: "TEXT", "what they read above the documents"),
                Option("--message-file", value: "FILE", "the same, from a file in UTF-8"),
                Option("--language", value: "LANGUAGE", "de, ja or en; else the account's"),
                Option("--by", value: "NAME", "who shares, as they read it; else you, or the firm"),
                Option(
                    "--proof", value: "PROOF",
                    "what each link asks: none, code (by mail) or login; else as the firm has it"),
                Option("--private", "documents of folders that the team alone sees too"),
                Option("--no-mail", "no letter: hand over the links yourself"), .json,
            ], "lets somebody look at documents of an account, by a link",
            .onDataWithFiles(options: ["--message-file"], ShareAdding.run)),
        Command(
            "share list",
            options: [
                Option("--account", value: "N", "of one account"),
                Option("--all", "those that nobody can open any more, too"), .json,
            ], "shares, newest first, with who opened them", .onData(ShareList.run)),
        Command(
            "share link", operands: "ID", least: 1, most: 1,
            options: [to, Option("--new", "make new links: those before are void"), .json],
            "its links, to be copied", .onData(ShareLinking.run)),
        Command(
            "share proof", operands: "ID PROOF", least: 2, most: 2, options: [to, .json],
            "what its links ask from now on: none, code (by mail) or login", .onData(ShareLinking.prove)),
        Command(
            "share revoke", operands: "ID", least: 1, most: 1, options: [to, .json],
            "takes a share back: its links are void for ever", .onData(ShareLinking.revoke)),
    ]
}

extension CommandTable {
    static let mailboxCommands: [Command] = []
}

extension CommandTable {
    static let messageCommands: [Command] = []
}

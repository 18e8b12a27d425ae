extension CommandTable {
    static let contactCommands: [Command] = []
}

extension CommandTable {
    static let accountCommands: [Command] = []
}

extension CommandTable {
    static let fileCommands: [Command] = []
}

internal import Commands

Entrance.run(Array(CommandLine.arguments.dropFirst()))

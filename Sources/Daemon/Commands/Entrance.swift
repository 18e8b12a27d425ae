internal import Workers

/// Where the program begins and ends.
package enum Entrance {
    /// Runs the command line; the main thread only listens to signals.
    ///
    /// No top-level `await` anywhere: it would hand the main thread to
    /// libdispatch, which lets every signal through.
    package static func run(_ words: [String]) -> Never {
        // A child that parses hostile octets must have no thread but this one.
        if words.first == "child" { ThisProcess.exit(ChildMain.run(Array(words.dropFirst()))) }
        let signals = Signals()
        let command = Task.detached {
            let code = await Dispatch.run(words)
            ThisProcess.exit(code.rawValue)
        }
        var interrupts = 0
        while true {
            switch signals.next() {
            // Only what reads its configuration again outlives its terminal.
            case .hangUp: if !Reloads.request() { command.cancel() }
            // timeout(1) sends it twice, to the process and to its group, and means it once.
            case .stop: command.cancel()
            case .interrupt:
                interrupts += 1
                // Whoever presses Ctrl-C twice means it.
                if interrupts > 1 { ThisProcess.abandon(130) }
                command.cancel()
            }
        }
    }
}

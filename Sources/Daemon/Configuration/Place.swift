/// A line of a configuration file, as `explain` cites it: `mailroom.toml:91`.
package struct Place: Hashable, Sendable, CustomStringConvertible {
    /// Relative to the directory of the main file: `conf.d/50-site.toml`.
    package let file: String
    /// From 1.
    package let line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    package var description: String { "\(file):\(line)" }
}

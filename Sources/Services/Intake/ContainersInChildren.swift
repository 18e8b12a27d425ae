package import Archive
package import Sandbox

extension Containers {
    /// Containers and documents opened by `mailroom child TOOL`.
    package init(in child: ChildTool) {
        self.init { tool, arguments, descriptor, secret, bounds, answer in
            let result: ChildTool.Result
            do throws(SandboxError) {
                result = try child.run(
                    tool, arguments, input: descriptor, secret: secret,
                    bounds: ChildTool.Bounds(seconds: bounds.seconds, outputOctets: bounds.outputOctets),
                    answer: answer)
            } catch {
                return .notStarted("\(error)")
            }
            switch result.ending {
            case .exited(0), .abandoned: return .ended
            // EX_UNAVAILABLE: it could not be locked down, or its program is missing.
            case .exited(69): return .notStarted(result.errors)
            case .exited(let status): return .died("exit status \(status): \(result.errors)")
            case .killed(let signal): return .died("signal \(signal): \(result.errors)")
            case .timedOut: return .stopped("it took too long")
            case .tooMuchOutput: return .stopped("it gave too much")
            case .cutShort: return .notStarted("it was cut short")
            }
        }
    }
}

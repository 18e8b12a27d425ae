import Archive
import Glibc
import Sandbox

/// The child of these tests, and how containers are opened in it.
enum TestChild {
    /// Beside the test bundle, where the build puts every program.
    static let program: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/ArchiveChild"
    }()

    static let tool = ChildTool(program: program)
    /// Whose children are copies of one that stands ready.
    static let ready = ChildTool(program: program, standsReady: true)

    static let containers = Containers { name, arguments, descriptor, secret, bounds, answer in
        do throws(SandboxError) {
            let result = try tool.run(
                name, arguments, input: descriptor, secret: secret,
                bounds: ChildTool.Bounds(seconds: bounds.seconds, outputOctets: bounds.outputOctets),
                answer: answer)
            switch result.ending {
            case .exited(0), .abandoned: return .ended
            case .exited(EX_UNAVAILABLE): return .notStarted("it could not be locked down")
            case .exited, .killed: return .died("\(result.ending) \(result.errors)")
            case .timedOut, .tooMuchOutput, .cutShort: return .stopped("\(result.ending)")
            }
        } catch {
            return .notStarted(error.description)
        }
    }
}

import Glibc

/// Files the tests read: the fixtures beside them, and the shared corpus where it is present.
enum Shared {
    static let package = String(#filePath.dropLast("/Tests/MIMETests/Shared.swift".count))

    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// What this thread has worked, whatever else the machine is doing.
    static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The corpus of real odd mail, nil (and said so by name) where it is missing.
    static func corpus(for test: String) -> String? {
        let root = environment("MAILROOM_SHARED") ?? package + "/../shared"
        let corpus = root + "/corpus"
        guard access(corpus + "/MANIFEST.tsv", R_OK) == 0 else {
            print("skipped: \(test): no shared corpus at \(corpus)")
            return nil
        }
        return corpus
    }

    static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return octets }
            octets += buffer[..<count]
        }
    }

    static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        fputs(text, file)
        fclose(file)
    }

    static func names(in folder: String, ending: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(ending) { names.append(name) }
        }
        return names.sorted()
    }

    /// The paths of the corpus' mails, by the manifest's column `kind`.
    static func mails(in corpus: String) -> [String] {
        let kinds: Set<String> = ["eml", "mbox", "bounce", "authres", "fuzzseed", "upload"]
        let lines = String(decoding: read(corpus + "/MANIFEST.tsv") ?? [], as: UTF8.self).split(
            separator: "\n")
        var paths: [String] = []
        for line in lines.dropFirst() {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            if columns.count > 8, kinds.contains(String(columns[7])), !columns[8].isEmpty {
                paths.append(corpus + "/" + columns[8])
            }
        }
        return paths
    }

    /// Numbers that look random and are the same at every run.
    struct Dice: RandomNumberGenerator {
        private var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
            return mixed ^ mixed >> 31
        }
    }
}

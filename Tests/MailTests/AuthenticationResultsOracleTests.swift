import FoundationEssentials
import Glibc
import Testing

@testable import Mail

@Suite("Authentication-Results of real servers")
struct AuthenticationResultsOracleTests {
    struct Line: Decodable {
        struct Header: Decodable {
            /// The how-manieth field of the message, from nought.
            let pos: Int
            struct Result: Decodable {
                let method: String
                let result: String
                let props: [String: String]
            }
            let raw: String
            let id: String?
            let results: [Result]?
            let error: String?

            enum CodingKeys: String, CodingKey {
                case pos, raw, results, error
                case id = "authserv_id"
            }
        }
        let file: String
        let headers: [Header]
    }

    static var corpus: String {
        if let given = getenv("MAILROOM_SHARED") { return String(cString: given) + "/corpus" }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/../shared/corpus"
    }

    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            octets.append(contentsOf: buffer[..<count])
        }
        return octets
    }

    /// The oracle keeps 400 characters of a field; what is longer is looked up in its message.
    static func body(_ header: Line.Header, in path: String) -> String? {
        guard header.raw.utf8.count >= 400 else { return header.raw }
        var fields: [String] = []
        for line in read("\(corpus)/\(path)").split(separator: 10, omittingEmptySubsequences: false) {
            let text = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            guard !text.isEmpty else { break }
            if text.hasPrefix(" ") || text.hasPrefix("\t"), !fields.isEmpty {
                fields[fields.count - 1] += text
            } else if !text.hasPrefix("From ") || !fields.isEmpty {
                fields.append(text)
            }
        }
        guard header.pos < fields.count, fields[header.pos].lowercased().hasPrefix("authentication-results:")
        else {
            return nil
        }
        return String(fields[header.pos].dropFirst(23))
    }

    /// One spelling of both readings: the first value of each property, in the order of names.
    static func spelled(_ results: [(String, String, [String: String])]) -> [String] {
        results.map { method, result, properties in
            let sorted = properties.map { "\($0.key.lowercased())=\($0.value.lowercased())" }.sorted()
            return "\(method.lowercased())=\(result.lowercased()) \(sorted.joined(separator: " "))"
        }
    }

    /// Five fields are read differently, and rightly so by RFC 8601.
    ///
    /// An unquoted mailfrom with `=` in it, which python-authres drops; an
    /// empty quoted value, for which it takes the next property; `header.i=@`.
    static let differences = 5

    @Test("are read as python-authres reads them")
    func oracle() throws {
        let path = "\(Self.corpus)/oracle_authres.jsonl"
        let lines = Self.read(path).split(separator: 10).compactMap {
            try? JSONDecoder().decode(Line.self, from: Data($0))
        }
        guard !lines.isEmpty else {
            print("skipped: \(path) is missing")
            return
        }
        var same = 0
        var different: [String] = []
        var readOnlyHere: [String] = []
        var missing = 0
        for (file, header) in lines.flatMap({ line in line.headers.map { (line.file, $0) } }) {
            guard let body = Self.body(header, in: file) else {
                missing += 1
                continue
            }
            let ours = AuthenticationResults(body)
            guard header.error == nil else {
                if ours == nil { same += 1 } else { readOnlyHere.append(header.raw) }
                continue
            }
            let theirs = Self.spelled((header.results ?? []).map { ($0.method, $0.result, $0.props) })
            let mine = Self.spelled(
                (ours?.results ?? []).map { result in
                    (
                        result.method, result.result,
                        Dictionary(result.properties.map { ($0.name, $0.value) }) { _, last in last }
                    )
                })
            let id = header.id?.lowercased()
            if ours != nil, ours?.authservID?.lowercased() == id, mine == theirs {
                same += 1
            } else {
                different.append("\(header.raw)\n  theirs \(id ?? "-") \(theirs)\n  ours \(mine)")
            }
        }
        print("Authentication-Results: \(same) fields alike, \(readOnlyHere.count) read here alone,")
        print("\(different.count) different, \(missing) not found in their message")
        if getenv("VERBOSE") != nil { (different + readOnlyHere).forEach { print($0) } }
        #expect(different.count <= Self.differences)
        #expect(same >= 400)
    }
}

internal import Mail

/// What becomes of a request for something that the client may have already, or wants a part of.
///
/// The order is that of RFC 9110 section 13.2.2.
enum Selection: Hashable, Sendable {
    case whole
    /// First octet and last, both included.
    case range(ClosedRange<Int64>)
    case notModified
    case preconditionFailed
    case unsatisfiable

    init(_ request: Request, _ validator: Validator, length: Int64?) {
        let headers = request.headers
        if let wanted = headers.list("if-match") {
            let matches =
                wanted == ["*"]
                || Self.tags(wanted).contains { tag in
                    validator.tag.map { $0.isStronglyEqual(to: tag) } ?? false
                }
            guard matches else {
                self = .preconditionFailed
                return
            }
        } else if let limit = headers["if-unmodified-since"].flatMap(HTTPDate.read),
            let modified = validator.modified, modified.seconds > limit.seconds
        {
            self = .preconditionFailed
            return
        }
        if let known = headers.list("if-none-match") {
            let matches =
                known == ["*"]
                || Self.tags(known).contains { tag in
                    validator.tag.map { $0.isWeaklyEqual(to: tag) } ?? false
                }
            guard !matches else {
                self = request.method.isSafe ? .notModified : .preconditionFailed
                return
            }
        } else if request.method.isSafe, let since = headers["if-modified-since"].flatMap(HTTPDate.read),
            let modified = validator.modified, modified.seconds <= since.seconds
        {
            self = .notModified
            return
        }
        guard request.method == .get, let length, let ranges = headers["range"],
            Self.mayContinue(headers["if-range"], validator)
        else {
            self = .whole
            return
        }
        self = Self.range(ranges, length: length)
    }

    private static func tags(_ texts: [String]) -> [EntityTag] { texts.compactMap(EntityTag.init(received:)) }

    /// Whether a part still fits what the client has: only what is strong says so. RFC 9110 section 13.1.5.
    private static func mayContinue(_ condition: String?, _ validator: Validator) -> Bool {
        guard let condition else { return true }
        if let tag = EntityTag(received: condition) {
            return validator.tag.map { $0.isStronglyEqual(to: tag) } ?? false
        }
        guard let date = HTTPDate.read(condition), let modified = validator.modified else { return false }
        return date.seconds == modified.seconds
    }

    /// RFC 9110 section 14.1.2. What is no range, and more than one of them, is ignored: the whole is sent.
    ///
    /// Several ranges in one reply are asked for by next to nobody but those
    /// who want one small request to make much work. RFC 9110 section 17.15.
    static func range(_ field: String, length: Int64) -> Selection {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, FieldText.trimmed(Array(parts[0].utf8)).lowercased() == "bytes" else {
            return .whole
        }
        let specs = FieldText.split(parts[1], at: UInt8(ascii: ","))
        guard specs.count == 1 else { return .whole }
        let ends = specs[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return .whole
        }
        // More digits than fit are as good as the largest number.
        func number(_ text: Substring) -> Int64 { Int64(text) ?? .max }
        if ends[0].isEmpty {
            guard !ends[1].isEmpty else { return .whole }
            let count = min(number(ends[1]), length)
            return count == 0 ? .unsatisfiable : .range((length - count)...(length - 1))
        }
        let first = number(ends[0])
        if !ends[1].isEmpty, number(ends[1]) < first { return .whole }
        guard first < length else { return .unsatisfiable }
        return .range(first...min(length - 1, ends[1].isEmpty ? .max : number(ends[1])))
    }
}

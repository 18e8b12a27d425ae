internal import CZlib

/// Content made smaller for the way: gzip, which every browser takes. RFC 9110 section 8.4.1.3.
package enum Compression {
    /// One member of RFC 1952; nil where it would be no smaller.
    ///
    /// - Parameter level: 1 for what is made for one reader, 9 for what is kept for all.
    package static func gzip(_ octets: [UInt8], level: Int32 = 4) -> [UInt8]? {
        // Below this the fields of the reply weigh more than what is saved.
        guard octets.count > 400, octets.count < 1 << 30 else { return nil }
        let room = octets.count
        var written = 0
        let packed = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            written = unsafe octets.withUnsafeBufferPointer { input in
                guard let from = input.baseAddress, let to = buffer.baseAddress else { return 0 }
                return unsafe Int(mr_gzip(from, UInt(input.count), to, UInt(room), level))
            }
            count = written
        }
        return written > 0 ? packed : nil
    }

    /// Whether a request takes gzip: named in Accept-Encoding, and not with `q=0`. RFC 9110 section 12.5.3.
    package static func takesGzip(_ request: Request) -> Bool {
        request.headers.all("accept-encoding").flatMap { $0.split(separator: ",") }.contains { coding in
            let parts = coding.split(separator: ";").map { part in
                String(part.filter { $0 != " " && $0 != "\t" }).lowercased()
            }
            guard let name = parts.first, name == "gzip" || name == "*" else { return false }
            return !parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
        }
    }
}

extension Response {
    /// The reply with its octets packed, where the request takes that and it pays.
    ///
    /// Secrets of a page (the token of its forms) must not be the same from
    /// reply to reply then: their length would tell them (BREACH).
    package func packed(for request: Request) -> Response {
        guard case .octets(let octets) = content, validator == nil, status != .partialContent else {
            return self
        }
        var response = self
        response.headers.add("vary", "accept-encoding")
        guard Compression.takesGzip(request), let packed = Compression.gzip(octets) else { return response }
        response.content = .octets(packed)
        response.headers.set("content-encoding", "gzip")
        return response
    }
}

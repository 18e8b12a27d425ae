internal import CSQLite

/// How a full-text index takes texts apart: a tokenizer of FTS5's. sqlite.org/fts5.html section 7.
package struct Tokenizer: Sendable {
    package enum Use: Hashable, Sendable {
        case index
        case query
    }

    /// One word, where it stands in the text in octets, and whether it is another spelling of the word
    /// before it; false ends the text.
    package typealias Word = (_ word: Span<UInt8>, Range<Int>, _ isAlternative: Bool) -> Bool

    /// The name that `tokenize = '…'` of a table has.
    package let name: String
    fileprivate let words: @Sendable (Span<UInt8>, Use, Word) -> Void

    /// - Parameter words: gives the words of a text in their order, the same for the same text for ever:
    ///   what was indexed is taken out of the index by being taken apart again.
    package init(name: String, words: @escaping @Sendable (Span<UInt8>, Use, Word) -> Void) {
        self.name = name
        self.words = words
    }
}

extension Connection {
    /// Makes a tokenizer known to this connection; tables that name it can be used afterwards.
    package func add(_ tokenizer: Tokenizer) throws(SQLiteError) {
        let code = try unsafe withFTS5 { api in
            var methods = unsafe fts5_tokenizer(
                xCreate: { context, _, _, made in
                    // One for all tables: it keeps nothing of what it has seen.
                    unsafe made?.pointee = OpaquePointer(context)
                    return SQLITE_OK
                },
                xDelete: { _ in },
                xTokenize: { made, context, flags, text, count, token in
                    guard let made = unsafe made, let token = unsafe token else { return SQLITE_ERROR }
                    let box = unsafe Unmanaged<TokenizerBox>.fromOpaque(UnsafeRawPointer(made))
                        .takeUnretainedValue()
                    let octets = unsafe UnsafeRawBufferPointer(start: text, count: Int(count))
                    return unsafe box.tokenize(octets, flags, context, token)
                })
            let box = unsafe Unmanaged.passRetained(TokenizerBox(tokenizer)).toOpaque()
            return unsafe api.pointee.xCreateTokenizer(api, tokenizer.name, box, &methods) { box in
                guard let box = unsafe box else { return }
                unsafe Unmanaged<TokenizerBox>.fromOpaque(box).release()
            }
        }
        guard code == SQLITE_OK else {
            throw SQLiteError(code: code, doing: "adding the tokenizer \(tokenizer.name)", words: "refused")
        }
    }
}

/// What FTS5 keeps of a ``Tokenizer``: its context pointer.
private final class TokenizerBox {
    private let tokenizer: Tokenizer

    init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

    func tokenize(
        _ text: UnsafeRawBufferPointer, _ flags: Int32, _ context: UnsafeMutableRawPointer?,
        _ token:
            @convention(c) (
                UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int32, Int32, Int32
            ) -> Int32
    ) -> Int32 {
        let use: Tokenizer.Use = flags & FTS5_TOKENIZE_QUERY != 0 ? .query : .index
        var code = SQLITE_OK
        let octets = unsafe text.bindMemory(to: UInt8.self)
        unsafe tokenizer.words(octets.span, use) { word, range, isAlternative in
            code = unsafe word.withUnsafeBytes { word in
                unsafe token(
                    context, isAlternative ? FTS5_TOKEN_COLOCATED : 0,
                    word.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(word.count),
                    Int32(range.lowerBound), Int32(range.upperBound))
            }
            return code == SQLITE_OK
        }
        return code
    }
}

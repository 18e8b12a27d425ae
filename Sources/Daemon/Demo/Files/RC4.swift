/// RC4, for files that are locked the way real ones are. RFC 6229 has vectors.
enum RC4 {
    static func apply(key: [UInt8], to octets: [UInt8]) -> [UInt8] {
        var box = (0...255).map { UInt8($0) }
        var j: UInt8 = 0
        for i in 0..<256 {
            j = j &+ box[i] &+ key[i % key.count]
            box.swapAt(i, Int(j))
        }
        var i: UInt8 = 0
        j = 0
        return octets.map { octet in
            i = i &+ 1
            j = j &+ box[Int(i)]
            box.swapAt(Int(i), Int(j))
            return octet ^ box[Int(box[Int(i)] &+ box[Int(j)])]
        }
    }
}

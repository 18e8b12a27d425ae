/// Somebody who writes: an address, and the habits of the program behind it.
struct Correspondent {
    let name: String
    let address: String
    /// Minutes east of UTC.
    var zone = 60
    /// Under the text of each mail, after `-- `.
    var signature = ""
    /// In the signature of each HTML mail, the same octets every time.
    var logo: DemoFile?

    var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }

    func field(_ charset: Charset = .utf8) -> String {
        name.isEmpty ? address : "\(HeaderText.phrase(name, charset: charset)) <\(address)>"
    }
}

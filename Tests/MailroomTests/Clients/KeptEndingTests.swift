import Mailroom
import Testing

@Suite("The ending of a document that a client gives another name")
struct KeptEndingTests {
    @Test(
        "stays as it is",
        arguments: [
            ("Notiz.txt", "Brief", "Brief.txt"), ("Notiz.txt", "Brief.txt", "Brief.txt"),
            ("Notiz.txt", "Brief.TXT", "Brief.TXT"), ("Notiz.txt", "Notiz.bat", "Notiz.bat.txt"),
            ("Notiz.txt", "Notiz.exe.", "Notiz.exe.txt"), ("Notiz.txt", "Notiz.lnk ", "Notiz.lnk.txt"),
            ("a.tar.gz", "b.tar.gz", "b.tar.gz"), ("Nr. 7.pdf", "Nr. 8", "Nr. 8.pdf"),
            ("Notiz", "Brief", "Brief"), ("Notiz", "Brief.vbs", "Brief_vbs"), ("Notiz", "Nr. 8", "Nr. 8"),
            ("Notiz.txt", "", ""), ("Notiz.txt", ".txt", ".txt.txt"),
            ("請求書.pdf", "請求書2.html", "請求書2.html.pdf"),
        ])
    func kept(_ old: String, _ typed: String, _ name: String) {
        #expect(KeptEnding(of: old).name(typed: typed) == name)
    }
}

import Glibc
import Mailroom
import Testing
import Text

/// All letters at once in one Chromium: each in four frames, light and dark, 320 and 700 pixels wide.
///
/// MAILROOM_PICTURES=DIRECTORY keeps the page, and a picture of it.
@Suite("Letters in a browser", .serialized)
struct LetterPageTests {
    /// A frame's facts, as the page's script writes them.
    private struct Frame {
        let name: String
        let facts: [String: Int]
    }

    /// What a letter's own page cannot tell: how it came out.
    private static let script = """
        function measure(frame) {
          const page = frame.contentDocument, view = frame.contentWindow, root = page.documentElement;
          const inside = [...page.querySelectorAll("body *")].map(e => e.getBoundingClientRect())
            .filter(box => box.width > 0);
          const colour = getComputedStyle(page.body).backgroundColor.match(/\\d+/g).map(Number);
          const small = [...page.querySelectorAll("p,td,a")].filter(e => parseFloat(getComputedStyle(e).fontSize) < 11);
          return [root.scrollWidth - view.innerWidth,
            Math.ceil(Math.max(...inside.map(box => box.right)) - view.innerWidth),
            -Math.floor(Math.min(...inside.map(box => box.left))), colour[0], root.scrollHeight, small.length,
            [...page.querySelectorAll("em,i")].length, view.performance.getEntriesByType("resource").length];
        }
        addEventListener("load", () => {
          const lines = [...document.querySelectorAll("iframe")].map(f => "FRAME " + f.name + " " + measure(f).join(" "));
          document.getElementById("facts").textContent = "\\n" + lines.join("\\n") + "\\n";
        });
        """

    private static let measures = [
        "scroll", "right", "left", "paper", "height", "small", "italics", "loaded",
    ]

    private static func board() -> String {
        var frames = ""
        for kind in LetterKind.allCases {
            for language in Language.allCases {
                let letters = [
                    ("usual", SampleLetters.usual(kind, language)),
                    ("long", SampleLetters.long(kind, language)),
                ]
                for (name, letter) in letters {
                    let page = LetterTexts.builtIn.write(letter).html.replacing("&", with: "&amp;")
                        .replacing("\"", with: "&quot;")
                    for (scheme, width) in [("light", 320), ("dark", 320), ("light", 700), ("dark", 700)] {
                        let title = "\(kind.rawValue)/\(language.rawValue)/\(name)/\(scheme)/\(width)"
                        frames +=
                            "<iframe name=\"\(title)\" width=\(width) height=900 "
                            + "style=\"border:0;color-scheme:\(scheme)\" srcdoc=\"\(page)\"></iframe>\n"
                    }
                }
            }
        }
        return "<!DOCTYPE html><meta charset=\"utf-8\"><script>\(script)</script><pre id=facts></pre>\n"
            + frames
    }

    @Test("fit a telephone and a desk, on light paper and dark: nothing overflows, nothing is loaded")
    func frames() throws {
        let browsers: [String] = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
        guard let browser = browsers.first(where: { path in access(path, X_OK) == 0 })
        else {
            print("SKIPPED: fit a telephone and a desk: chromium is missing")
            return
        }
        var template = Array("/tmp/mailroom-letters-XXXXXX".utf8CString)
        let folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
        defer { _ = system("rm -rf '\(folder)'") }
        #expect(Package.write(Self.board(), "\(folder)/board.html"))
        let command =
            "HOME='\(folder)' timeout 120 \(browser) --headless --no-sandbox --disable-gpu --user-data-dir='\(folder)/profile' "
            + "--disable-dev-shm-usage --window-size=2200,1000"
        #expect(
            system("\(command) --dump-dom 'file://\(folder)/board.html' >'\(folder)/dom' 2>'\(folder)/words'")
                == 0)
        if let pictures = getenv("MAILROOM_PICTURES").map({ String(cString: $0) }) {
            _ = system("cp '\(folder)/board.html' '\(pictures)/'")
        }
        let dom = try #require(Package.read("\(folder)/dom"))
        let lines = dom.split(separator: "\n").filter { $0.hasPrefix("FRAME ") }
        let frames = lines.map { line in
            let words = line.split(separator: " ")
            let numbers = words.dropFirst(2).map { Int($0) ?? -1 }
            return Frame(
                name: String(words[1]), facts: Dictionary(uniqueKeysWithValues: zip(Self.measures, numbers)))
        }
        #expect(frames.count == LetterKind.allCases.count * Language.allCases.count * 2 * 4)
        for frame in frames {
            for measure in ["scroll", "right", "left", "small", "italics", "loaded"] {
                #expect((frame.facts[measure] ?? 99) <= 0, "\(frame.name): \(measure)")
            }
            // Paper is light where light was asked for, and dark where dark was.
            #expect(frame.facts["paper"] == (frame.name.contains("/dark/") ? 0x13 : 0xF7), "\(frame.name)")
            #expect(frame.facts["height"] ?? 0 > 200, "\(frame.name)")
        }
    }
}

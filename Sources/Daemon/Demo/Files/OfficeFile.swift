/// The smallest documents that Word, Excel and LibreOffice open. ECMA-376.
enum OfficeFile {
    static let wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    static let sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    static let macroType = "application/vnd.ms-excel.sheet.macroEnabled.12"

    private static let declaration = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"

    static func word(_ name: String, _ paragraphs: [String]) -> DemoFile {
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        let text = paragraphs.map { "<w:p><w:r><w:t xml:space=\"preserve\">\(escaped($0))</w:t></w:r></w:p>" }
        let document = "<w:document xmlns:w=\"\(main)\"><w:body>\(text.joined())</w:body></w:document>"
        let parts = [
            types(["/word/document.xml": "\(wordType).main+xml"]),
            relations("_rels/.rels", ["officeDocument": "word/document.xml"]),
            ("word/document.xml", Array((declaration + document).utf8)),
        ]
        return Zip(members: parts).file(name, mediaType: wordType)
    }

    /// - Parameter macros: adds a `vbaProject.bin`, which makes it a workbook with macros.
    static func sheet(_ name: String, _ rows: [[String]], macros: Bool = false) -> DemoFile {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let cells = rows.map { row in
            let texts = row.map { "<c t=\"inlineStr\"><is><t>\(escaped($0))</t></is></c>" }
            return "<row>\(texts.joined())</row>"
        }
        let sheet = "<worksheet xmlns=\"\(main)\"><sheetData>\(cells.joined())</sheetData></worksheet>"
        let book = """
            <workbook xmlns="\(main)" xmlns:r="\(office)"><sheets>\
            <sheet name="Tabelle1" sheetId="1" r:id="worksheet"/></sheets></workbook>
            """
        let base = macros ? "application/vnd.ms-excel.sheet.macroEnabled" : sheetType
        var parts = [
            types([
                "/xl/workbook.xml": "\(base).main+xml",
                "/xl/worksheets/sheet1.xml":
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
            ]),
            relations("_rels/.rels", ["officeDocument": "xl/workbook.xml"]),
            relations("xl/_rels/workbook.xml.rels", ["worksheet": "worksheets/sheet1.xml"]),
            ("xl/workbook.xml", Array((declaration + book).utf8)),
            ("xl/worksheets/sheet1.xml", Array((declaration + sheet).utf8)),
        ]
        if macros {
            // The head of a compound file: what a macro project is, without a macro.
            let project: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
            parts.append(("xl/vbaProject.bin", project + [UInt8](repeating: 0, count: 1016)))
        }
        return Zip(members: parts).file(name, mediaType: macros ? macroType : sheetType)
    }

    private static func types(_ overrides: KeyValuePairs<String, String>) -> (String, [UInt8]) {
        let relationships = "application/vnd.openxmlformats-package.relationships+xml"
        let list = overrides.map { "<Override PartName=\"\($0.key)\" ContentType=\"\($0.value)\"/>" }
        let text = """
            <Types xmlns="\(package)/content-types">\
            <Default Extension="rels" ContentType="\(relationships)"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>\
            \(list.joined())</Types>
            """
        return ("[Content_Types].xml", Array((declaration + text).utf8))
    }

    private static func relations(_ name: String, _ targets: KeyValuePairs<String, String>) -> (
        String, [UInt8]
    ) {
        let list = targets.map {
            "<Relationship Id=\"\($0.key)\" Type=\"\(office)/\($0.key)\" Target=\"\($0.value)\"/>"
        }
        let text = "<Relationships xmlns=\"\(package)/relationships\">\(list.joined())</Relationships>"
        return (name, Array((declaration + text).utf8))
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

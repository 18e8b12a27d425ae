internal import Markup
internal import Text

/// Colours and type of a letter: "paper and ledger green", as the pages have them.
struct LetterStyle {
    let language: Language
    private let color: AccentColor

    init(language: Language, accent: AccentColor) {
        self.language = language
        color = accent
    }

    var accent: CSS { color.style }

    let paper: CSS = "background-color:#f7f5f0;"
    let sheetColors: CSS =
        "background-color:#ffffff;border-left:1px solid #e4dfd4;border-right:1px solid #e4dfd4;border-bottom:1px solid #e4dfd4;"
    let ink: CSS = "color:#1c1f1d;"
    let soft: CSS = "color:#646a65;"
    let line: CSS = "border-top:1px solid #e4dfd4;"
    let quote: CSS = "background-color:#f1eee7;"
    let monospaced: CSS = "ui-monospace,Menlo,Consolas,monospace"
    let breaks: CSS = "overflow-wrap:anywhere;word-break:break-word;"

    /// Japanese has higher lines and no italics; each language its own fonts, for Han letters differ.
    var body: CSS {
        language == .ja ? "font-size:16px;line-height:1.75;" : "font-size:16px;line-height:1.55;"
    }
    var font: CSS { "font-family:\(family);" }

    private var family: CSS {
        switch language {
        case .de, .en:
            "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif"
        case .ja:
            "system-ui,-apple-system,'Hiragino Sans','Yu Gothic UI',Meiryo,'Noto Sans JP','Noto Sans CJK JP',sans-serif"
        }
    }

    /// Word takes Times for a font it doesn't know, whatever comes after it.
    private var wordFamily: CSS {
        switch language {
        case .de, .en: "'Segoe UI',Arial,sans-serif"
        case .ja: "'Yu Gothic UI',Meiryo,sans-serif"
        }
    }

    var sheet: HTML {
        """
        <style>
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        body{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        .sheet{text-wrap:pretty}
        @media (max-width:480px){
        .around{padding:16px 10px!important}
        .sheet{padding:22px 18px 8px!important}
        }
        @media (prefers-color-scheme:dark){
        .paper{background-color:#131514!important}
        .sheet{background-color:#1a1d1b!important;border-color:\(color.onDark.style) #2d322f #2d322f!important}
        .ink,.sheet,.row{color:#eceeea!important}
        .soft{color:#98a19b!important}
        .amber{color:#eec170!important}
        .row{border-color:#2d322f!important}
        .quote{background-color:#232725!important;color:#eceeea!important}
        .link{color:\(color.onDark.style)!important}
        .button{background-color:\(color.onDark.style)!important}
        .label{color:#07251b!important}
        }
        </style>
        <!--[if mso]><style>body,table,td,p,a,span,b{font-family:\(wordFamily)!important}</style><![endif]-->
        """
    }
}

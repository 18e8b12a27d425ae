/// The words of CSS that a mail may use.
///
/// What is missing is missing for a reason: `position`, `z-index`, `transform`
/// and negative margins would lay a mail's words over ours; `content`,
/// `behavior` and `-moz-binding` put in what is not there or run; animations
/// and `cursor` only annoy; names that begin with `--` come back through
/// `var()`.
enum StyleWords {
    static let properties = words(
        """
        align-content align-items align-self background background-color background-image background-position
        background-repeat background-size border border-bottom border-bottom-color border-bottom-left-radius
        border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color
        border-left border-left-color border-left-style border-left-width border-radius border-right
        border-right-color border-right-style border-right-width border-spacing border-style border-top
        border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width
        border-width box-sizing caption-side clear color column-gap direction display empty-cells flex
        flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family font-size
        font-stretch font-style font-variant font-weight gap height hyphens justify-content letter-spacing
        line-break line-height list-style list-style-position list-style-type margin margin-bottom margin-left
        margin-right margin-top max-height max-width min-height min-width opacity order overflow overflow-wrap
        overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top row-gap tab-size
        table-layout text-align text-align-last text-decoration text-decoration-color text-decoration-line
        text-decoration-style text-indent text-overflow text-transform text-underline-offset unicode-bidi
        vertical-align visibility white-space width word-break word-spacing word-wrap writing-mode
        """)

    /// Properties whose numbers may be below zero; elsewhere that would move a mail out of its place.
    static let maybeNegative = words(
        "letter-spacing word-spacing vertical-align background-position background")

    static let functions = words(
        """
        rgb rgba hsl hsla hwb lab lch oklab oklch calc min max clamp linear-gradient radial-gradient
        repeating-linear-gradient repeating-radial-gradient conic-gradient url
        """)

    /// Where an address is that of a picture.
    static let withPicture = words("background background-image")

    static let units = words(
        "px pt pc em rem ex ch in cm mm q vw vh vmin vmax deg grad rad turn fr ms s dpi dpcm dppx x")

    static let pseudoClasses = words(
        "link visited hover active first-child last-child first-of-type last-of-type")

    /// Not `prefers-color-scheme`: a mail is shown on white paper, whatever the page around it is.
    static let mediaFeatures = words(
        """
        and not only all screen print min-width max-width width min-device-width max-device-width
        orientation portrait landscape
        """)

    private static func words(_ text: String) -> Set<String> { MarkupWords.words(text) }
}

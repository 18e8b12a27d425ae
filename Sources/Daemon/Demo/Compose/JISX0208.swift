/// The letters of JIS X 0208 that the demo's Japanese mails are written in.
///
/// Kana stand in the standard's order and are computed; of the rest only what
/// our texts use is listed, letter and code.
enum JISX0208 {
    static func code(of scalar: Unicode.Scalar) -> UInt16 {
        switch scalar.value {
        case 0x3000: return 0x2121
        case 0x3041...0x3093: return UInt16(0x2421 + scalar.value - 0x3041)
        case 0x30a1...0x30f6: return UInt16(0x2521 + scalar.value - 0x30a1)
        default:
            guard let code = listed[scalar] else {
                preconditionFailure("a Japanese text of the demo has \(scalar), which is not in the list")
            }
            return code
        }
    }

    private static let listed: [Unicode.Scalar: UInt16] = {
        var codes: [Unicode.Scalar: UInt16] = [:]
        for entry in letters.split(whereSeparator: \.isWhitespace) {
            let scalars = entry.unicodeScalars
            codes[scalars[scalars.startIndex]] = UInt16(entry.dropFirst(), radix: 16)
        }
        return codes
    }()

    private static let letters = """
        2121 、2122 。2123 ：2127 ー213c …2144 ‘2146 ’2147 “2148 ”2149 （214a ）214b 一306c 下323c 科324a 暇324b
        課325d 会3271 確334e 株3374 勘342a 願346a 期347c 紀352a 記352d 休3559 求3561 給356b 金3662 経3750
        決3768 月376e 件376f 健3772 見382b 元3835 現383d 限3842 御3866 高3962 告3970 今3a23 佐3a34 細3a59
        咲3a69 算3b3b 試3b6e 資3b71 事3b76 次3c21 自3c2b 式3c30 写3c4c 社3c52 借3c5a 取3c68 受3c75 収3c7d
        出3d50 書3d71 商3e26 上3e65 信3f2e 森3f39 真3f3f 世4024 整4030 請4041 積4051 先4068 総416d 送4177
        貸425f 大4267 知434e 中4366 帳4422 張4425 調4434 定446a 添453a 田4544 藤4623 動4630 日467c 認4727
        年472f 売4764 版4847 美487e 必492c 表493d 付4955 部4974 分4a2c 別4a4c 返4a56 報4a73 方4a7d 本4b5c
        末4b76 務4c33 明4c40 目4c5c 由4d33 与4d3f 預4d42 容4d46 様4d4d 要4d57 理4d7d 料4e41 量4e4c 領4e4e
        類4e60 話4f43
        """
}

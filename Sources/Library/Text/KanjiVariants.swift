/// Kanji that are one to whoever looks for a name: 髙 and 高, 﨑 and 崎, 齋 and 斎.
///
/// NFKC leaves them apart, for they are characters of their own. Old forms
/// and their new ones (the tables of 1949 and 1981), and the variants that
/// family registers are full of. For comparing, never for showing.
enum KanjiVariants {
    /// The form that stands for all its variants.
    static func plain(_ scalar: UInt32) -> UInt32 { table[scalar] ?? scalar }

    private static let table: [UInt32: UInt32] = {
        var table: [UInt32: UInt32] = [:]
        for group in groups.split(whereSeparator: \.isWhitespace) {
            let scalars = group.unicodeScalars.map(\.value)
            for variant in scalars.dropFirst() { table[variant] = scalars[0] }
        }
        return table
    }()

    /// Of each group the first stands for the others.
    private static let groups = """
        高髙 崎﨑嵜㟢碕 斉斎齋齊 辺邊邉 浜濱濵 沢澤 広廣 国國圀 桜櫻 島嶋嶌 滝瀧 竜龍 曽曾 真眞 寿壽 恵惠 徳德
        栄榮 渋澁澀 関關 黒黑 槙槇 富冨 峰峯 岳嶽 条條 浅淺 万萬 与與 豊豐 蔵藏 吉𠮷 桑桒 藤籐 柳栁 館舘 礼禮
        穂穗 稲稻 緑綠 縁緣 薫薰 虚虛 虫蟲 蛍螢 蛮蠻 衛衞 覚覺 覧覽 観觀 触觸 訳譯 証證 読讀 変變 譲讓 謡謠
        頼賴 賛贊 転轉 軽輕 辞辭 逓遞 遅遲 郎郞 郷鄕 酔醉 醸釀 釈釋 鉄鐵鉃 銭錢 鋳鑄 錬鍊 録錄 鎮鎭 鉱鑛礦
        陥陷 険險 隠隱 随隨 雑雜 霊靈 静靜 顕顯 飲飮 駅驛 駆驅 験驗 髄髓 鶏鷄 塩鹽 麦麥 黄黃 黙默 点點 党黨
        歯齒 齢齡 亀龜 両兩 乗乘 乱亂 予豫 争爭 亜亞 仏佛 仮假 会會 伝傳 体體 余餘 価價 倹儉 児兒 兎兔 写寫
        円圓 処處 凉涼 剣劍劔劒剱 剤劑 剰剩 励勵 労勞 効效 勅敕 勧勸 勲勳 区區 医醫 単單 即卽 巻卷 参參 双雙
        収收 叙敘 台臺 号號 営營 嘱囑 団團 囲圍 図圖 圏圈 圧壓 堕墮 塁壘 壊壞 壌壤 増增 声聲 売賣 壱壹 奥奧
        奨奬 嬢孃 学學 実實 宝寶 寛寬 対對 専專 将將 尽盡 届屆 属屬 峡峽 巌巖 巣巢 帯帶 帰歸 庁廳 廃廢
        弁辯瓣辨 弐貳 弥彌 弾彈 当當 径徑 従從 応應 恋戀 恒恆 悦悅 悩惱 悪惡 惨慘 慎愼 懐懷 戦戰 戯戲 戸戶
        戻戾 払拂 抜拔 択擇 拝拜 拠據 拡擴 挙擧 挟挾 挿插 捜搜 掲揭 揺搖 摂攝 撃擊 数數 断斷 旧舊 昼晝 晩晚
        暁曉 暦曆 来來 枢樞 桟棧 梅楳 検檢 楼樓 楽樂 概槪 様樣 権權 横橫 欠缺 欧歐 欲慾 歓歡 歩步 歳歲 歴歷
        残殘 殴毆 殻殼 気氣 氷冰 沖冲 浄淨 涙淚 清淸 済濟 渇渴 渓溪 温溫 湾灣 湿濕 満滿 潜潛 瀬瀨 灯燈 炉爐
        焼燒 犠犧 状狀 独獨 狭狹 猟獵 献獻 獣獸 瓶甁 画畫 畳疊 痴癡 発發 県縣 砕碎 研硏 称稱 穏穩 穣穰 窃竊
        竪豎 粋粹 糸絲 経經 絵繪 継繼 続續 総總 縄繩 繊纖 翻飜 聴聽 胆膽 脳腦 脱脫 臓臟 舎舍 艶艷 芸藝 茎莖
        蒋蔣 薬藥 踊踴 遥遙 閲閱 闘鬪 隣鄰 頬頰 餅餠 鴎鷗 鶴靏靎鸖 麺麵 檜桧 籠篭 萌萠 裏裡 莱萊 薮藪 蝿蠅
        諌諫 靭靱 頚頸 埜野 祷禱 禰祢 秋穐 峨峩 冴冱 凛凜 晃晄 晋晉 尭堯 瑶瑤 曳曵 荘莊 缶罐
        """
}

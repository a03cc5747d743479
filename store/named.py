"""Both names of whom documents are addressed to, how far they reach, and what they mention beside bodies.

Keys are values of the facts ``addressee``, ``jurisdiction``, ``mention``; the names of SYSTEMS are the
glossary's.
"""

# ruff: noqa: E501 — tables of names

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .vocabulary import ENTITIES, JURISDICTIONS, Term

ADDRESSEES: dict[str, Term] = {
    t.key: t
    for t in (
        Term("policy_banks", "policy banks", "政策性银行"),
        Term("large_banks", "large banks", "大型银行"),
        Term("joint_stock_banks", "joint-stock commercial banks", "股份制商业银行"),
        Term("city_banks", "city commercial banks", "城市商业银行"),
        Term("private_banks", "private banks", "民营银行"),
        Term("foreign_banks", "foreign-funded banks", "外资银行"),
        Term("direct_banks", "direct banks", "直销银行"),
        Term("fx_banks", "designated foreign exchange banks", "外汇指定银行"),
        Term("finance_companies", "finance companies of enterprise groups", "企业集团财务公司"),
        Term("asset_companies", "financial asset management companies", "金融资产管理公司"),
        Term("asset_investors", "financial asset investment companies", "金融资产投资公司"),
        Term("money_brokers", "money brokerage companies", "货币经纪公司"),
        Term("insurance_asset_managers", "insurance asset management companies", "保险资产管理公司"),
        Term("insurance_groups", "insurance groups", "保险集团"),
        Term("financial_institutions", "financial institutions", "金融机构"),
        Term("market_participants", "market participants", "市场参与人"),
        Term("intermediaries", "intermediaries", "中介机构"),
        Term("supervised", "institutions under direct supervision", "会管单位"),
        Term("local_offices", "local offices", "派出机构"),
        Term("units_concerned", "all parties concerned", "各有关单位"),
        Term("provincial_governments", "provincial governments", "各省、自治区、直辖市人民政府"),
        Term("ministries", "ministries and commissions of the State Council", "国务院各部委"),
        Term("agencies", "agencies directly under the State Council", "国务院直属机构"),
    )
}
"""Kinds of addressees that are narrower or wider than those of ENTITIES."""

SYSTEMS: dict[str, Term] = {
    t.key: t
    for t in (
        Term("cips-system", "Cross-border Interbank Payment System", "人民币跨境支付系统"),
        Term("hvps", "High-Value Payment System", "大额支付系统"),
        Term("beps", "Bulk Electronic Payment System", "小额支付系统"),
        Term("ibps", "Internet Banking Payment System", "网上支付跨行清算系统"),
        Term("cnaps", "China National Advanced Payment System", "中国现代化支付系统"),
        Term("shibor", "Shanghai Interbank Offered Rate", "上海银行间同业拆放利率"),
        Term("credit-database", "Financial Credit Information Basic Database", "金融信用信息基础数据库"),
        Term(
            "movables-registry",
            "Unified Movable Property Financing Registration and Publicity System",
            "动产融资统一登记公示系统",
        ),
        Term("chats", "Clearing House Automated Transfer System", "结算所自动转账系统"),
        Term("fps-hk", "Faster Payment System", "转数快"),
        Term("cmu", "Central Moneymarkets Unit", "债务工具中央结算系统"),
        Term("hibor", "Hong Kong Interbank Offered Rate", "香港银行同业拆息"),
        Term("honia", "Hong Kong Dollar Overnight Index Average", "港元隔夜平均指数"),
        Term("ccass", "Central Clearing and Settlement System", "中央结算及交收系统"),
        Term("fedwire", "Fedwire Funds Service", "联邦资金转账系统"),
        Term(
            "edgar",
            "Electronic Data Gathering, Analysis, and Retrieval system",
            "电子数据收集、分析与检索系统",
        ),
        Term("sofr", "Secured Overnight Financing Rate", "有担保隔夜融资利率"),
        Term("libor", "London Interbank Offered Rate", "伦敦银行间同业拆借利率"),
        Term("sonia", "Sterling Overnight Index Average", "英镑隔夜平均指数"),
        Term("euribor", "Euro Interbank Offered Rate", "欧元银行间同业拆借利率"),
        Term("estr", "euro short-term rate", "欧元短期利率"),
        Term("lei", "legal entity identifier", "全球法人识别编码"),
    )
}
"""Payment systems, benchmarks and registers of the glossary (kind ``system``), by its ids."""

_PROVINCES = (
    "BJ Beijing 北京|TJ Tianjin 天津|HE Hebei 河北|SX Shanxi 山西|NM Inner_Mongolia 内蒙古|LN Liaoning 辽宁|JL Jilin 吉林"
    "|HL Heilongjiang 黑龙江|SH Shanghai 上海|JS Jiangsu 江苏|ZJ Zhejiang 浙江|AH Anhui 安徽|FJ Fujian 福建|JX Jiangxi 江西"
    "|SD Shandong 山东|HA Henan 河南|HB Hubei 湖北|HN Hunan 湖南|GD Guangdong 广东|GX Guangxi 广西|HI Hainan 海南"
    "|CQ Chongqing 重庆|SC Sichuan 四川|GZ Guizhou 贵州|YN Yunnan 云南|XZ Xizang 西藏|SN Shaanxi 陕西|GS Gansu 甘肃"
    "|QH Qinghai 青海|NX Ningxia 宁夏|XJ Xinjiang 新疆"
)
_CITIES = {
    "HE": "石家庄 Shijiazhuang 唐山 Tangshan 秦皇岛 Qinhuangdao 邯郸 Handan 邢台 Xingtai 保定 Baoding 张家口 Zhangjiakou 承德 Chengde 沧州 Cangzhou 廊坊 Langfang 衡水 Hengshui 雄安 Xiong'an",
    "SX": "太原 Taiyuan 大同 Datong 阳泉 Yangquan 长治 Changzhi 晋城 Jincheng 朔州 Shuozhou 晋中 Jinzhong 运城 Yuncheng 忻州 Xinzhou 临汾 Linfen 吕梁 Lüliang",
    "NM": "呼和浩特 Hohhot 包头 Baotou 乌海 Wuhai 赤峰 Chifeng 通辽 Tongliao 鄂尔多斯 Ordos 呼伦贝尔 Hulunbuir 巴彦淖尔 Bayannur 乌兰察布 Ulanqab 兴安盟 Hinggan 锡林郭勒 Xilingol 阿拉善 Alxa",
    "LN": "沈阳 Shenyang 大连 Dalian 鞍山 Anshan 抚顺 Fushun 本溪 Benxi 丹东 Dandong 锦州 Jinzhou 营口 Yingkou 阜新 Fuxin 辽阳 Liaoyang 盘锦 Panjin 铁岭 Tieling 葫芦岛 Huludao",
    "JL": "长春 Changchun 四平 Siping 辽源 Liaoyuan 通化 Tonghua 白山 Baishan 松原 Songyuan 白城 Baicheng 延边 Yanbian",
    "HL": "哈尔滨 Harbin 齐齐哈尔 Qiqihar 鸡西 Jixi 鹤岗 Hegang 双鸭山 Shuangyashan 大庆 Daqing 伊春 Yichun 佳木斯 Jiamusi 七台河 Qitaihe 牡丹江 Mudanjiang 黑河 Heihe 绥化 Suihua 大兴安岭 Daxing'anling",
    "JS": "南京 Nanjing 无锡 Wuxi 徐州 Xuzhou 常州 Changzhou 苏州 Suzhou 南通 Nantong 连云港 Lianyungang 淮安 Huai'an 盐城 Yancheng 扬州 Yangzhou 镇江 Zhenjiang 泰州 Taizhou 宿迁 Suqian",
    "ZJ": "杭州 Hangzhou 宁波 Ningbo 温州 Wenzhou 嘉兴 Jiaxing 湖州 Huzhou 绍兴 Shaoxing 金华 Jinhua 衢州 Quzhou 舟山 Zhoushan 台州 Taizhou 丽水 Lishui",
    "AH": "合肥 Hefei 芜湖 Wuhu 蚌埠 Bengbu 淮南 Huainan 马鞍山 Ma'anshan 淮北 Huaibei 铜陵 Tongling 安庆 Anqing 黄山 Huangshan 滁州 Chuzhou 阜阳 Fuyang 宿州 Suzhou 六安 Lu'an 亳州 Bozhou 池州 Chizhou 宣城 Xuancheng",
    "FJ": "福州 Fuzhou 厦门 Xiamen 莆田 Putian 三明 Sanming 泉州 Quanzhou 漳州 Zhangzhou 南平 Nanping 龙岩 Longyan 宁德 Ningde",
    "JX": "南昌 Nanchang 景德镇 Jingdezhen 萍乡 Pingxiang 九江 Jiujiang 新余 Xinyu 鹰潭 Yingtan 赣州 Ganzhou 吉安 Ji'an 宜春 Yichun 抚州 Fuzhou 上饶 Shangrao",
    "SD": "济南 Jinan 青岛 Qingdao 淄博 Zibo 枣庄 Zaozhuang 东营 Dongying 烟台 Yantai 潍坊 Weifang 济宁 Jining 泰安 Tai'an 威海 Weihai 日照 Rizhao 临沂 Linyi 德州 Dezhou 聊城 Liaocheng 滨州 Binzhou 菏泽 Heze",
    "HA": "郑州 Zhengzhou 开封 Kaifeng 洛阳 Luoyang 平顶山 Pingdingshan 安阳 Anyang 鹤壁 Hebi 新乡 Xinxiang 焦作 Jiaozuo 濮阳 Puyang 许昌 Xuchang 漯河 Luohe 三门峡 Sanmenxia 南阳 Nanyang 商丘 Shangqiu 信阳 Xinyang 周口 Zhoukou 驻马店 Zhumadian 济源 Jiyuan",
    "HB": "武汉 Wuhan 黄石 Huangshi 十堰 Shiyan 宜昌 Yichang 襄阳 Xiangyang 鄂州 Ezhou 荆门 Jingmen 孝感 Xiaogan 荆州 Jingzhou 黄冈 Huanggang 咸宁 Xianning 随州 Suizhou 恩施 Enshi 仙桃 Xiantao 潜江 Qianjiang 天门 Tianmen",
    "HN": "长沙 Changsha 株洲 Zhuzhou 湘潭 Xiangtan 衡阳 Hengyang 邵阳 Shaoyang 岳阳 Yueyang 常德 Changde 张家界 Zhangjiajie 益阳 Yiyang 郴州 Chenzhou 永州 Yongzhou 怀化 Huaihua 娄底 Loudi 湘西 Xiangxi",
    "GD": "广州 Guangzhou 深圳 Shenzhen 珠海 Zhuhai 汕头 Shantou 佛山 Foshan 韶关 Shaoguan 湛江 Zhanjiang 肇庆 Zhaoqing 江门 Jiangmen 茂名 Maoming 惠州 Huizhou 梅州 Meizhou 汕尾 Shanwei 河源 Heyuan 阳江 Yangjiang 清远 Qingyuan 东莞 Dongguan 中山 Zhongshan 潮州 Chaozhou 揭阳 Jieyang 云浮 Yunfu",
    "GX": "南宁 Nanning 柳州 Liuzhou 桂林 Guilin 梧州 Wuzhou 北海 Beihai 防城港 Fangchenggang 钦州 Qinzhou 贵港 Guigang 玉林 Yulin 百色 Baise 贺州 Hezhou 河池 Hechi 来宾 Laibin 崇左 Chongzuo",
    "HI": "海口 Haikou 三亚 Sanya 三沙 Sansha 儋州 Danzhou",
    "SC": "成都 Chengdu 自贡 Zigong 攀枝花 Panzhihua 泸州 Luzhou 德阳 Deyang 绵阳 Mianyang 广元 Guangyuan 遂宁 Suining 内江 Neijiang 乐山 Leshan 南充 Nanchong 眉山 Meishan 宜宾 Yibin 广安 Guang'an 达州 Dazhou 雅安 Ya'an 巴中 Bazhong 资阳 Ziyang 阿坝 Aba 甘孜 Garzê 凉山 Liangshan",
    "GZ": "贵阳 Guiyang 六盘水 Liupanshui 遵义 Zunyi 安顺 Anshun 毕节 Bijie 铜仁 Tongren 黔西南 Qianxinan 黔东南 Qiandongnan 黔南 Qiannan",
    "YN": "昆明 Kunming 曲靖 Qujing 玉溪 Yuxi 保山 Baoshan 昭通 Zhaotong 丽江 Lijiang 普洱 Pu'er 临沧 Lincang 楚雄 Chuxiong 红河 Honghe 文山 Wenshan 西双版纳 Xishuangbanna 大理 Dali 德宏 Dehong 怒江 Nujiang 迪庆 Diqing",
    "XZ": "拉萨 Lhasa 日喀则 Xigazê 昌都 Qamdo 林芝 Nyingchi 山南 Shannan 那曲 Nagqu 阿里 Ngari",
    "SN": "西安 Xi'an 铜川 Tongchuan 宝鸡 Baoji 咸阳 Xianyang 渭南 Weinan 延安 Yan'an 汉中 Hanzhong 榆林 Yulin 安康 Ankang 商洛 Shangluo",
    "GS": "兰州 Lanzhou 嘉峪关 Jiayuguan 金昌 Jinchang 白银 Baiyin 天水 Tianshui 武威 Wuwei 张掖 Zhangye 平凉 Pingliang 酒泉 Jiuquan 庆阳 Qingyang 定西 Dingxi 陇南 Longnan 临夏 Linxia 甘南 Gannan",
    "QH": "西宁 Xining 海东 Haidong 海北 Haibei 黄南 Huangnan 果洛 Golog 玉树 Yushu 海西 Haixi",
    "NX": "银川 Yinchuan 石嘴山 Shizuishan 吴忠 Wuzhong 固原 Guyuan 中卫 Zhongwei",
    "XJ": "乌鲁木齐 Ürümqi 克拉玛依 Karamay 吐鲁番 Turpan 哈密 Hami 昌吉 Changji 博尔塔拉 Bortala 巴音郭楞 Bayingolin 阿克苏 Aksu 喀什 Kashgar 和田 Hotan 伊犁 Ili 塔城 Tacheng 阿勒泰 Altay 石河子 Shihezi",
}  # fmt: skip
_STATES = (
    "AL Alabama 亚拉巴马州|AK Alaska 阿拉斯加州|AZ Arizona 亚利桑那州|AR Arkansas 阿肯色州|CA California 加利福尼亚州"
    "|CO Colorado 科罗拉多州|CT Connecticut 康涅狄格州|DE Delaware 特拉华州|FL Florida 佛罗里达州|GA Georgia 佐治亚州"
    "|HI Hawaii 夏威夷州|ID Idaho 爱达荷州|IL Illinois 伊利诺伊州|IN Indiana 印第安纳州|IA Iowa 艾奥瓦州|KS Kansas 堪萨斯州"
    "|KY Kentucky 肯塔基州|LA Louisiana 路易斯安那州|ME Maine 缅因州|MD Maryland 马里兰州|MA Massachusetts 马萨诸塞州"
    "|MI Michigan 密歇根州|MN Minnesota 明尼苏达州|MS Mississippi 密西西比州|MO Missouri 密苏里州|MT Montana 蒙大拿州"
    "|NE Nebraska 内布拉斯加州|NV Nevada 内华达州|NH New_Hampshire 新罕布什尔州|NJ New_Jersey 新泽西州|NM New_Mexico 新墨西哥州"
    "|NY New_York_State 纽约州|NC North_Carolina 北卡罗来纳州|ND North_Dakota 北达科他州|OH Ohio 俄亥俄州|OK Oklahoma 俄克拉何马州"
    "|OR Oregon 俄勒冈州|PA Pennsylvania 宾夕法尼亚州|RI Rhode_Island 罗得岛州|SC South_Carolina 南卡罗来纳州"
    "|SD South_Dakota 南达科他州|TN Tennessee 田纳西州|TX Texas 得克萨斯州|UT Utah 犹他州|VT Vermont 佛蒙特州"
    "|VA Virginia 弗吉尼亚州|WA Washington_State 华盛顿州|WV West_Virginia 西弗吉尼亚州|WI Wisconsin 威斯康星州|WY Wyoming 怀俄明州"
)


def _regions(country: str, rows: str) -> dict[str, Term]:
    parts = (row.split() for row in rows.split("|"))
    return {
        f"{country}-{code}": Term(f"{country}-{code}", en.replace("_", " "), zh) for code, en, zh in parts
    }


def _cities(provinces: Mapping[str, Term]) -> Iterator[Term]:
    for code, row in _CITIES.items():
        province = provinces[f"CN-{code}"]
        names = row.split()
        for zh, en in zip(names[::2], names[1::2], strict=True):
            yield Term(f"{province.key}-{en}", f"{en}, {province.en}", f"{province.zh}{zh}")


_OF_CHINA = _regions("CN", _PROVINCES)
REGIONS: dict[str, Term] = {
    **_OF_CHINA,
    **{city.key: city for city in _cities(_OF_CHINA)},
    **_regions("US", _STATES),
}
"""Parts of a jurisdiction with authorities of their own: provinces of China and states of the US by ISO 3166-2,
China's prefectures and cities by province and name (``CN-GD-Shenzhen``)."""

NAMED: dict[str, Mapping[str, Term]] = {
    "entity_bound": ENTITIES,
    "addressee": {**ENTITIES, **ADDRESSEES},
    "jurisdiction": {**JURISDICTIONS, **REGIONS},
    "mention": SYSTEMS,
}
"""Kind of fact → the names of its values that are no bodies, firms or bare words."""

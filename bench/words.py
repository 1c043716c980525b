"""Words of the field in three scripts, the commonest first; forms that search has to bring together stand beside each other."""

ENGLISH = """
the of and to in on with treaty border states relations agreement cooperation visit president minister foreign trade joint statement
leaders signed talks talk security military energy gas oil railway river island region mutual trust partnership strategic
coordination partner partners friendship alliance assistance crisis clash troops withdrawal demarcation commission council
organisation summit declaration protocol convention communique memorandum negotiation negotiations negotiated ratified ratification
instruments exchange exchanged delegation ambassador embassy congress party ideological dispute disputes polemic open letter
advisers experts credit loan loans debt project projects pipeline supply supplies contract contracts exercise exercises naval
missile missiles nuclear test tests space satellite customs port ports city cities school students language culture cultural festival
newspaper article speech address anniversary liberation war peace navigation fishing forest land parcel map maps line lines survey
marker markers consul consulate frontier caravan mission missions court emperor tsar governor general command fortress settlement
""".split()

RUSSIAN = """
договор договора граница границы отношения отношений визит визита министр министра соглашение соглашения сотрудничество
сотрудничества партнёрство партнерства дружба дружбы союз союза переговоры переговоров заявление заявления совместное протокол
протокола остров острова река реки кредит кредита газ нефть железная дорога дороги войска войск кризис кризиса посол посла
посольство доверие доверия стратегическое взаимодействие взаимодействия поставки поставок учения учений порядок порядка
""".split()

CHINESE = """
条约 边界 关系 协定 合作 访问 主席 外长 友好 同盟 声明 联合 战略 伙伴 协作 铁路 能源 石油 天然气 谈判 签署 会晤 互信 军事 贸易 专家
贷款 岛屿 勘界 委员会 组织 峰会 议定书 公报 大使 使馆 危机 冲突 撤军 演习 导弹 航天 港口 城市 学生 文化 报纸 文章 讲话 周年
""".split()

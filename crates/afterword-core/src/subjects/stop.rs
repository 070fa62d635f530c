//! Words that say nothing about a subject, in the languages of the interface: the small words of grammar, the most common
//! verbs and adjectives, and what people say to each other under a post.
//!
//! The lists are short because a word is looked up by its stem as well: "try" covers "tries", "tried" and "trying".
//! Accents may be left out, as in what is looked up.

use super::language::Language;

/// The words of a language, separated by white space.
pub(super) fn stop_words(language: Language) -> &'static str {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::French => FRENCH,
        Language::Spanish => SPANISH,
        Language::Portuguese => PORTUGUESE,
        Language::Japanese => JAPANESE,
        Language::Chinese => CHINESE,
        Language::Arabic => ARABIC,
        Language::Hebrew => HEBREW,
    }
}

/// Small words that may stand inside of a phrase: "cup of tea", "huile d'olive".
pub(super) fn links(language: Language) -> &'static str {
    match language {
        Language::English => "of",
        Language::French => "de du des d a",
        Language::Spanish => "de del",
        Language::Portuguese => "de da do das dos",
        Language::German | Language::Japanese | Language::Chinese | Language::Arabic | Language::Hebrew => "",
    }
}

const ENGLISH: &str = "a about above across actual actually add after afternoon again against ago agree ah all allow \
    almost alone along already also although always am amazing among an and another answer any anybody anyone anything \
    anyway apart apparently appear are around as ask at available away awesome back bad be beautiful became because \
    become been before begin begun behind being believe below beside best better between big bit blog both bought bring \
    brilliant brought build built but buy by call came can cannot care case cause certain certainly change cheap check \
    choose clear clearly close com come comment common completely consider continue cool correct could couple course \
    curious dad daughter day dear decade decide definitely depend describe did didn die differ different difficult do \
    does doesn doing don done down dozen during each early easily easy edit eight either else end eleven enjoy enough entire \
    entirely especially etc even evening eventually ever every everybody everyone everything exactly example excellent \
    except expect experience explain extra extremely eye fact fail fall family fantastic far father favorite favourite \
    feel felt few figure finally find fine finish first five follow for forget forgot forward found four free friend \
    from front full fully fun funny further gave general generally get give glad go god goes going gone good goodness got \
    gotten grandfather grandmother great guess guy had half hand happen happy hard hardly has hate have haven having he \
    hear heard heaven hello help her here herself hey hi high him himself his hold home honest honestly hope hour house \
    how however huge hundred husband i idea if imagine immediately important in include indeed information instead \
    interest interesting into is isn issue it its itself job just keep kept kid kind knew know known lady large last \
    late later laugh learn least leave left less let life like likely line link list listen literally little live ll \
    lol long look lose lost lot love lovely low luck made main make man many mark matter maybe me mean meant meanwhile \
    men mention met might mind mine minute miss mistake moment month more morning most mostly mother move mr mrs much \
    mum mom must my myself name namely near nearly necessary need neighbor neighbour neither never new next nice night \
    nine no nobody non none nor normal normally not note nothing notice now number obvious obviously occasionally odd of \
    off often oh ok okay old on once one only onto open opinion option or order original other otherwise ought our out \
    outside over own page part particular particularly pay people per perfect perfectly perhaps person personally pick \
    piece place plain plan please plenty plus point poor possible possibly post pretty previous probably problem proper \
    properly prove put question quick quickly quite rather re reach read reader real realise realize really reason \
    receive recent recently recommend remain remember reply report rest result return right run sad said same saw say \
    scene second see seeing seem seen send sense sent serious seriously seven several shall share she short should show shown \
    side similar simple simply since single sit site situation six size slight slightly slow slowly small so solution \
    solve some somebody somehow someone something sometimes somewhat somewhere son soon sorry sort sound speak spend \
    spent stand start state stay step still stood stop story straight strange stuff subject such suddenly suggest \
    sunday monday tuesday wednesday thursday friday saturday january february march april june july august september \
    october november december summer winter spring autumn suppose sure surely surprise swear take taken talk tell ten \
    tend terrible than thank that the their them themselves then there therefore these they thing think third this \
    those though thought thousand thread three through throughout thus time tip title to today together told tomorrow \
    tonight too took top total totally toward towards tried trouble true truly trust try turn twelve twenty twice two \
    type under understand understood unfortunately unless unlike until up update upon us use used useful using usual usually ve \
    various very via view visit wait walk want warn was wasn watch way we website week weekend weird well went were weren \
    what whatever when where whether which while who whole whom whose why wife will willing wish with within without \
    woman won wonder wonderful word work world worry worse worst worth would wow write written wrong wrote yeah year yes \
    yesterday yet you young your yourself thirty forty fifty";

const GERMAN: &str = "aber abend ach acht alle allein allem allen aller allerdings alles als also alt alte alten am an \
    andere anderen anderer anderes anders anfang antwort art artikel auch auf aus außerdem bald bei beide beiden beim \
    beispiel beitrag besonders besser bestimmt beste bin bis bisher bisschen bist bitte bleiben blog brauchen brauche \
    braucht bringen bringt da dabei dadurch dafür dagegen daher dahin damals damit danach dank danke dann daran darauf \
    daraus darf darin darum darunter darüber das dass davon davor dazu dein deine deinen deiner dem den denen denke \
    denken denn dennoch der deren des deshalb dessen dich die dies diese diesem diesen dieser dieses ding dinge dir doch \
    dort drei du durch dürfen eben echt eher ehrlich eigentlich ein eine einem einen einer eines einfach einige einigen \
    einiges einmal endlich ende entweder er erfahrung erst erste ersten es etwa etwas euch euer eure fall falls familie \
    fast fein finde finden findet fertig frage fragen frau freund freunde freut früher fünf für ganz ganze ganzen gar \
    geben gefunden gegen gehen geht gehört gekauft gemacht genau genauso genug gerade gern gerne gesagt gesehen gestern \
    getan gewesen gibt ging ginge glaube glauben gleich groß große großen gruß grüße gut gute guten gutes hab habe haben \
    halt hast hat hatte hatten hause hätte hätten heißt helfen her herr herzlichen heute hi hier hilfe hilft hin hinter \
    hoch hoffe ich idee ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins interessant irgendwann irgendwie ist ja \
    jahr jahre jahren je jede jedem jeden jeder jedes jedenfalls jedoch jemand jetzt kam kann kannst kaufen kaum kein \
    keine keinen keiner kenne kennen kennt klappt klar klein kleine kleinen klingt komme kommen kommentar kommentare \
    kommt konnte können könnte kriegen kurz könnten lang lange lassen lässt laut leben leider lesen letzte letzten \
    leute lg lieber liebe liegen liegt link mache machen macht mag mal man manche manchmal mann mehr mein meine meinem \
    meinen meiner meines meinung meist meiste meistens mensch menschen mich minuten mir mit möchte mögen möglich monat \
    monate morgen muss müssen musste mutter na nach nachdem nachher nacht natürlich neben nehme nehmen nein nett neu \
    neue neuen nicht nichts nie niemals niemand nimmt noch nun nur nutzen nutze ob oben oder offenbar oft ohne ok paar \
    problem prima recht richtig sache sachen sagen sage sagt sah schade schauen scheint schlecht schließlich schnell \
    schon schön schöne schreiben schreibt sechs sehe sehen sehr seid sein seine seinem seinen seiner seit seite selber \
    selbst sich sicher sie sieben sieht sind so sobald sofort sogar sohn solche solchen soll sollen sollte sollten somit \
    sondern sonst sowas soweit sowie später stehen steht stelle stimmt stück stunde stunden super tag tage tagen tat \
    teil tipp tipps tochter toll tolle trotzdem tun tut über überhaupt übrigens um unbedingt und ungefähr uns unser \
    unsere unserem unseren unserer unten unter vater vergessen versuche versuchen versucht viel viele vielen vielleicht \
    vier vielmehr vom von vor vorher voll völlig wahrscheinlich wann war wäre waren warum was weg wegen weil weiß weit \
    weiter weitere welche welchen welcher welches wenig weniger wenigen wenn wer werde werden weshalb wie wieder wieso \
    will wir wird wirklich wissen wo woche wochen wohl wollen wollte worden wort wunderbar wurde wurden würde würden \
    zehn zeigen zeit ziemlich zu zuerst zufällig zum zumindest zur zurück zusammen zwar zwei zweite zwischen";

const FRENCH: &str = "a absolument accord ai aie ailleurs aime aimer ainsi ait aller alors ami amis an ancien année \
    années ans apres après arrive article as assez attention au aucun aucune aujourd'hui auparavant aura aurait aussi \
    autant autour autre autrement autres aux avaient avais avait avant avec avez avis avoir avons beau beaucoup belle \
    besoin bien blog bon bonjour bonne bonnes bons bout bravo bref ça car cas ce ceci cela celle celles celui cependant \
    certain certaine certains ces cet cette ceux chacun chaque cher chez chose choses ci cinq combien comme comment \
    commentaire compris connais connu conseil conseils contre côté coup cours crois croire dans de début dehors déjà \
    demain demande depuis dernier dernière des dès dessous dessus deux devant devez devrait dire dis disait dit dites \
    dix doit donc donner dont du effet elle elles en encore enfin enfants ensuite entre envie environ es est et étaient \
    étais était etc été êtes être eu eux évidemment exactement exemple excellent faire fais faisait fait façon faites \
    famille faut femme ferai ferais fille fils fin finalement fini fois font fort gens grâce grand grande gros grosse \
    habitude hier heure heures hui ici idée il ils impression intéressant jamais je jour jours juste justement la \
    là laisser laisse le lequel les leur leurs lien lire long longtemps lors lorsque lui ma madame maintenant mais mal \
    malgré manière mari matin me meilleur meilleure même mêmes merci mes met mettre mère mieux mille mis moi moins mois \
    moment mon monde monsieur mot ne ni nombre non nos notre nous nouveau nouvelle nuit on ont ou où oui par parce \
    pareil parfait parfois parle parler part partie partir pas passe passer pendant pense penser père personne \
    personnellement personnes petit petite petits peu peut peux plaît plein plus plusieurs plutôt point pour pourquoi \
    pourrait pourtant pouvez pouvoir premier première prend prendre prends près presque pris problème propos pu puis \
    puisque qu quand quatre que quel quelle quelles quelqu quelque quelques quels question qui quoi raison rapport \
    rapidement regarder regarde rendre rien sa sais sans sauf savoir se semaine semaines semble sens sera serai serait \
    ses seul seule seulement si simple simplement six soi soir sois soit sommes son sont sorte souvent suffit suis suite \
    sujet super sur surtout ta tant tard te tel telle tellement temps tes tiens toi ton top toujours tous tout toute \
    toutefois toutes très trop trois trouve trouver trouvé truc trucs tu type un une unique utile utilise utiliser va \
    vais vas venir vers veut veux vie vient vieux voilà voici voir vois vont vos votre vous vrai vraiment vu y yeux";

const SPANISH: &str = "a acuerdo además ahí ahora al algo alguien algún alguna algunas algunos allí amigo amigos año \
    años antes aparte aquel aquella aquello aquí artículo así aún aunque ayer ayuda ayudar bastante bien blog bueno \
    buena buenas buenos cada casa casi caso causa cierto cinco claro comentario comentarios como cómo compartir comprar \
    compré con conmigo conseguir consejo consejos contra cosa cosas creer creo cual cualquier cuál cuando cuándo cuanto \
    cuarto cuatro cuenta cuidado da dan dar de debe deber debería decir dejar del demás dentro desde después día días \
    dice dicen dices dicho diez diferente digo dijo donde dónde dos durante e ejemplo el él ella ellas ellos embargo en \
    encanta encima encontrar entonces entrada entre era eran eres es esa esas ese eso esos esta está estaba están estar \
    estas este esto estos estoy etc exactamente excelente fácil falta familia favor fin forma fue fuera fueron gente \
    gracias gran grande grandes gusta gustó ha haber había hace hacen hacer hacerlo hacia hago han hasta hay haya he \
    hecho hemos hermano hija hijo hizo hola hombre hora horas hoy idea igual incluso interesante intentar ir la lado \
    largo las le leer les listo llegar llevar llevo lo los luego lugar madre mal mañana manera más mayor me medio mejor \
    menos mes meses mi mí mientras mío mis misma mismo mismos momento mucha muchas mucho muchos mujer mundo muy nada \
    nadie necesita necesitar ni ningún ninguna no noche nos nosotros nuestra nuestro nueva nuevo nunca o ojo os otra \
    otras otro otros padre para parece parecer parte pasa pasado pasar pena pensar peor pequeña pequeño pero persona \
    personas poca poco pocos poder podría pone poner por porque posible primera primero probar probé problema pronto \
    propia propio pude puede pueden puedes puedo pues punto que qué quedar queda querer quien quién quiere quiero quizá \
    quizás razón realmente recomendar recomiendo saber sabe sabes saludo saludos se sea según segunda segundo seguro \
    seis sea semana semanas sentir señor ser será sería si sí sido siempre siente sigue siguiente simplemente sin sino \
    sirve sobre sola solamente solo sólo solución son soy su supuesto sus suya suyo tal también tampoco tan tanta tanto \
    tarde te tema tenemos tener tengo tenía tercera tercero ti tiempo tiene tienen tienes toda todavía todas todo todos \
    tomar total trabajo tras trata tres tu tú tus último última un una unas uno unos usa usar uso usted ustedes va \
    vale vamos van varias varios vas veces vemos ver verdad vez vida viene vieja viejo visto voy vuelta y ya yo";

const PORTUGUESE: &str = "a abraço acho agora ai aí ainda além algo alguém algum alguma algumas alguns ali amigo amigos \
    ano anos antes ao aos apenas após aquela aquele aquilo aqui artigo as às assim até atrás bastante bem blog boa boas \
    bom bons cada caro casa caso causa cedo certeza certo cinco coisa coisas com comentário comentários comigo como \
    comprar comprei conheço conselho conseguir consigo contra cuidado da dá daí dar das de dela dele deles demais dentro \
    depois desde dessa desse desta deste deve dever dia dias dica dicas difícil dicas disse disso diz dizer do dois dos \
    duas durante e é ela elas ele eles em embora encontrar enquanto então entre era eram és essa essas esse esses esta \
    está estamos estão estar estas estava este estes estou eu exatamente exemplo experiência fácil faço falar falta \
    família favor faz fazem fazer fez fica ficar ficou fim filha filho foi fora foram forma gente gosto gostei gostar \
    grande grandes há hoje homem hora horas ia ideia igual interessante ir isso isto já jeito la lá lado legal lembro \
    ler levar lhe lo logo longe longo lugar mãe maior mais mal maneira mas me medo meio melhor menos mês meses mesma \
    mesmo mesmos meu meus mim minha minhas momento muita muitas muito muitos mulher mundo na nada não nas nela nele nem \
    nenhum nenhuma nessa nesse nesta neste ninguém no noite nos nós nossa nosso nova novo num numa nunca o obrigada \
    obrigado olá onde ontem os ótimo ou outra outras outro outros pai para parabéns parece parte passado passar pela \
    pelas pelo pelos pena pensar pequena pequeno perto pessoa pessoas pode podem poder pois ponto por porém porque posso \
    pouca pouco poucos precisa precisar preciso primeira primeiro problema próprio qual qualquer quando quanto quase \
    quatro que quê quem quer querer quero realmente recomendo são saber sabe se segunda segundo sei seis sem semana \
    semanas sempre sendo ser será seria sete seu seus sexta si sido sim simples simplesmente só sobre solução somos sou \
    sua suas tal talvez também tão tarde tem têm temos tempo tenho ter terceiro teu teve ti tinha tipo tive toda todas \
    todo todos tomar três tu tua tudo última último um uma umas uns usa usar uso vai vale vamos vão várias vários vejo \
    velha velho ver verdade vez vezes vi vida você vocês volta vontade vou";

/// Single signs count where they stand alone; hiragana is no subject anyway.
const JAPANESE: &str = "一番 一度 一回 一応 一緒 今日 明日 昨日 今年 去年 来年 今度 今回 前回 次回 最近 最初 最後 最高 以前 以上 \
    以下 以外 自分 自身 場合 時間 時期 毎日 毎朝 毎晩 毎週 毎回 週間 月間 年間 全部 全然 全体 本当 感謝 有難 参考 記事 投稿 返信 \
    質問 回答 意見 同感 同意 賛成 大事 大切 大変 大丈夫 必要 重要 問題 方法 理由 原因 結果 意味 言葉 気持 感想 経験 存在 可能 普通 \
    普段 結構 結局 実際 多分 絶対 特別 特 非常 十分 簡単 無理 駄目 色々 様々 少々 時々 度々 個人的 基本的 人 方 私 僕 俺 彼 彼女 \
    皆 皆様 皆様方 誰 何 何度 何回 何年 何故 今 前 後 時 度 回 分 秒 年 月 日 週 朝 夜 昼 午前 午後 半年 一年 二年 三年 数年 十年 \
    一日 一週間 二週間 三週間 一ヶ月 数日 数回 二回 三回 友人 友達 家族 息子 娘 妻 夫 父 母 祖父 祖母 先生 他 上 下 中 内 外 \
    間 逆 次 同 全 各 毎 約 無 出来 同様 部分 程度 以来 途中 途端 直後 直前 購入 使用 利用 紹介 説明 効果 コメント ブログ レス \
    サイト リンク ページ おすすめ オススメ ホント ダメ コツ 笑";

const CHINESE: &str = "的 了 是 我 你 您 他 她 它 们 們 在 有 和 与 就 不 也 都 很 这 這 那 哪 到 说 說 要 去 会 會 着 没 沒 吗 嗎 \
    呢 吧 啊 呀 哦 嗯 哈 啦 嘛 把 被 让 讓 给 給 从 對 对 但 而 或 且 又 再 还 還 才 只 太 更 最 每 个 個 些 什 么 麼 怎 谁 誰 为 為 \
    因 所 以 如 果 其 之 于 於 及 并 跟 比 向 等 能 该 該 想 得 地 过 過 来 來 做 用 看 听 买 找 试 放 一 二 两 三 四 五 六 七 八 九 \
    十 几 多 少 大家 自己 别人 人 可以 可能 可是 不过 而且 觉得 感觉 觉 知道 认为 以为 希望 谢谢 感谢 多谢 分享 支持 赞同 同意 \
    赞 顶 楼主 楼上 博主 文章 帖子 评论 回复 留言 博客 真的 真是 其实 确实 一定 应该 必须 需要 已经 现在 以前 以后 之前 之后 \
    今天 明天 昨天 最近 今年 去年 每天 每次 天天 时候 时间 小时 分钟 星期 上午 下午 晚上 早上 后来 然后 最后 开始 一直 总是 \
    经常 有时 有点 非常 特别 比较 十分 完全 差不多 至少 大概 东西 事情 问题 方法 办法 情况 地方 时 朋友 家人 妈妈 爸爸 老公 老婆 \
    孩子 儿子 女儿 喜欢 使用 直接 简单 容易 重要 主要 一般 普通 不错 好 好像 好多 好几 很多 许多 这样 那样 怎么样 建议 推荐 经验 \
    年 月 日 天 次 里 上 下 中 前 后 左右 出 起 回 进";

const ARABIC: &str = "في من على إلى الى عن مع هذا هذه ذلك تلك هؤلاء الذي التي الذين اللذين ما ماذا لماذا متى أين كيف كم هل \
    لا لم لن ليس ليست لكن ولكن أو او أم ثم حتى إذا اذا إن أن ان كان كانت كانوا يكون تكون كنت كنا قد لقد سوف كل بعض جميع كلها \
    أنا انا أنت انت هو هي هم هن نحن أنتم انتم لي لك له لها لهم لنا به بها فيه فيها منه منها عليه عليها إليه إليها عنه عنها \
    معه عند عندي عندما عندنا لدي بين بعد قبل فوق تحت أمام خلف حول دون بدون غير سوى مثل كما أيضا ايضا جدا فقط ربما الآن الان \
    هنا هناك اليوم أمس غدا يوم أيام ايام أسبوع اسبوع شهر سنة سنوات عام مرة مرات دائما أبدا أحيانا شكرا شكر جزيلا أحسنت رائع \
    رائعة جميل جميلة ممتاز موضوع مقال مقالة تعليق تعليقات مدونة منشور سؤال جواب رأي رأيي صحيح نعم أجل اتفق أتفق أوافق \
    شيء أشياء شي أحد احد أول اول آخر اخر أكثر اكثر أقل اقل أفضل افضل كثيرا كثير كثيرة قليل قليلا واحد واحدة اثنان ثلاثة \
    أربعة خمسة عشر وقت طريقة مشكلة حل فكرة الله والله السلام عليكم ورحمة وبركاته مرحبا أخي اخي أختي يا لو لأن لان لذلك \
    بسبب منذ خلال حين حيث كذلك نفس نفسه نفسها ذات قال قالت قلت يقول أقول أعتقد اعتقد أظن أعرف اعرف يعرف جربت أستخدم استخدم \
    استخدام يمكن يجب أريد أحب وجدت كنتم صار أصبح الناس شخص أبي أمي جدي جدتي البيت بيت عندك صديقي سيد سيدة";

const HEBREW: &str = "של את על עם אל מן לא כן או גם רק כל כמו אבל אם כי אז זה זו זאת אלה אלו הוא היא הם הן אני אתה אתם אנחנו אנו \
    לי לך לו לה לנו לכם להם שלי שלך שלו שלה שלנו שלכם שלהם אותי אותך אותו אותה אותנו אותם בו בה בי מה מי איך למה מתי איפה \
    כמה האם היה היתה הייתה היו הייתי יהיה תהיה להיות יש אין יותר פחות מאוד מאד ממש קצת הרבה עוד כבר עכשיו היום אתמול מחר \
    תמיד אף פעם פעמים לפני אחרי אחר אחרת אחד אחת שני שתי שלוש ארבע חמש עשר שנה שנים יום ימים שבוע שבועות חודש חודשים שעה \
    שעות דקות זמן בין תחת מעל ליד אצל בלי ללא עד מאז כדי בגלל לכן למשל בכלל אולי בטח פשוט באמת בדיוק דווקא סתם לגמרי כאן שם \
    פה תודה רבה נהדר יפה מעולה נכון מסכים מסכימה פוסט בלוג תגובה תגובות כתבה שאלה תשובה דעתי לדעתי דבר דברים משהו מישהו \
    אנשים איש אישה ילד ילדים אבא אמא סבא סבתא בית טוב טובה טובים גדול קטן חדש ישן ראשון אחרון צריך צריכה אפשר יכול יכולה \
    רוצה חושב חושבת יודע יודעת אומר אמר אמרה עושה לעשות עשיתי ניסיתי מצאתי קניתי משתמש משתמשת אוהב אוהבת מרגיש הכי ואז ולא \
    וגם שלום היי בעיה פתרון רעיון דרך מקום הזה הזאת האלה כולם כולנו";

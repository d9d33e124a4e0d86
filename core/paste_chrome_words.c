/* What web pages put around an article, in the words of each language: English, German, French,
 * Spanish, Arabic, Urdu and Chinese. Unlike WORD_CHROME of `words`, which only names such words,
 * this table says where each may be taken out without harm. */
#include "paste_chrome_parts.h"

const struct chrome_row paste_chrome_rows[] = {
    {CHROME_FILLER, "a|ago|all|am|an|and|at|by|for|from|in|k|m|min|mins|minute|minutes|of|on|or|pm|"
                    "the|this|time|to|via|with|your|hour|hours|hr|hrs|day|days|week|weeks|month|"
                    "months|year|years|h|d|w|s|&|x|estimated|est|edt|gmt|utc|now|page|article|"
                    "post|story|total|new|st|nd|rd|th"},
    {CHROME_FILLER, "am|auf|dem|den|der|die|das|diesen|dieser|ca|etwa|tsd|für|im|in|mit|min|minute|"
                    "minuten|oder|stunde|stunden|tag|tage|tagen|uhr|um|und|von|vor|woche|wochen|"
                    "beitrag|artikel|seite|zu|zur|zum"},
    {CHROME_FILLER, "à|au|aux|ce|cet|cette|d'|de|des|du|en|et|heure|heures|il y a|jour|jours|la|le|"
                    "les|l'article|mn|ou|par|page|sur|semaine|semaines|un|une|votre|article"},
    {CHROME_FILLER,
     "al|con|del|día|días|el|en|este|esta|hace|hora|horas|mil|los|las|minuto|minutos|"
     "por|página|semana|semanas|tu|una|un|y|artículo"},
    {CHROME_FILLER, "في|من|على|عبر|منذ|قبل|دقيقة|دقائق|ساعة|ساعات|يوم|أيام|م|ص|و|ألف|هذا|المقال"},
    {CHROME_FILLER, "منٹ|گھنٹے|دن|پہلے|پر|کا|کی|کے|میں|اور|ہزار|یہ|مضمون|بجے"},
    {CHROME_FILLER, "分钟|分鐘|小时前|小時前|天前|分钟前|分鐘前|约|条|條|次|个|篇|到|至|人|的|万|"
                    "萬|千|亿|本文|文章"},

    {CHROME_DATE, "january|february|march|april|may|june|july|august|september|october|november|"
                  "december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|"
                  "wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"},
    {CHROME_DATE, "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|"
                  "dezember|jänner|dez|okt|mrz|montag|dienstag|mittwoch|donnerstag|freitag|"
                  "samstag|sonntag"},
    {CHROME_DATE, "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|"
                  "décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"},
    {CHROME_DATE, "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
                  "diciembre|lunes|martes|miércoles|jueves|viernes|sábado|domingo"},
    {CHROME_DATE, "يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|"
                  "ديسمبر|السبت|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة"},
    {CHROME_DATE, "年|月|日|星期一|星期二|星期三|星期四|星期五|星期六|星期日"},
    {CHROME_DATE, "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر"},

    {CHROME_COUNTED,
     "view|views|read|reads|like|likes|share|shares|retweets|"
     "repost|reposts|clap|claps|vote|votes|upvotes|"
     "follower|followers|subscribers|reactions|bookmarks|downloads|visits|"
     "min read|minute read|minutes read|mins read|reading time|people found this helpful"},
    {CHROME_COUNTED, "aufrufe|ansichten|gefällt mir|mal geteilt|mal gelesen|"
                     "lesezeit|minuten lesezeit|min. lesezeit|min lesezeit|bewertungen"},
    {CHROME_COUNTED, "vue|vues|partage|partages|j'aime|"
                     "temps de lecture|minutes de lecture|min de lecture"},
    {CHROME_COUNTED, "visita|visitas|vistas|compartidos|me gusta|"
                     "minutos de lectura|min de lectura|tiempo de lectura"},
    {CHROME_COUNTED, "مشاهدة|مشاهدات|إعجاب|إعجابات|مشاركات|قراءة|دقائق قراءة|"
                     "دقيقة قراءة|وقت القراءة|المشاهدات"},
    {CHROME_COUNTED, "مناظر|شیئرز|پسند|منٹ کا مطالعہ|منٹ مطالعہ|مطالعہ|ویوز"},
    {CHROME_COUNTED, "阅读|閱讀|阅读量|閱讀量|浏览|瀏覽|次浏览|浏览量|点赞|點讚|赞|讚|"
                     "转发|轉發|收藏|分钟阅读|分鐘閱讀|阅读时间|次阅读|人阅读"},

    {CHROME_THREAD, "comment|comments|reply|replies|response|responses|answers"},
    {CHROME_THREAD, "kommentar|kommentare|antworten"},
    {CHROME_THREAD, "commentaire|commentaires|réponses"},
    {CHROME_THREAD, "comentario|comentarios|respuestas"},
    {CHROME_THREAD, "تعليق|تعليقات|التعليقات|ردود|تبصرہ|تبصرے|جوابات"},
    {CHROME_THREAD, "评论|評論|条评论|條評論|回复"},

    {CHROME_EDGE,
     "home|homepage|menu|main menu|search|about|about us|contact|contact us|blog|shop|"
     "store|cart|news|login|log in|logout|log out|sign in|sign up|register|"
     "my account|account|subscribe|subscribed|newsletter|follow|following|follow us|"
     "follow us on|print|email|e-mail|mail|save|saved|bookmark|listen|listen to|copy|"
     "link|copy link|report|more|next|previous|prev|back|close|open|open in app|"
     "get the app|get started|privacy|terms|cookies|cookie|settings|help|support|"
     "careers|press|sitemap|rss|categories|category|tags|tag|topics|trending|latest|"
     "popular|home page|services|products|pricing|archive|archives|edit|member-only|"
     "author|editor|updated|published|posted|last updated|watch|view all|see all|"
     "explore|library|podcasts|videos|write|upvote|downvote|award|give award|sort by|best|"
     "admin|guest|just now|today|yesterday|sponsored content|english|deutsch|español|"
     "français|donate|create account|talk|view history|read|tools|main page|"
     "breaking|breaking news|exclusive|live|live updates|reuters|ap|afp|associated press|"
     "fact checked|fact-checked|medically reviewed|published in|writer for|asked|"
     "viewed|modified|answered|edited|improve this question|improve this answer|"
     "times|sorted by|highest score|default|"
     "dark mode|light mode|text size|font size|font|next article|previous article|"
     "next post|previous post|featured|reviews|videos|photos|events|faq page"},
    {CHROME_EDGE, "startseite|menü|suche|suchen|über uns|kontakt|anmelden|abmelden|einloggen|login|"
                  "registrieren|mein konto|konto|abonnieren|newsletter|folgen|drucken|merken|"
                  "speichern|vorlesen|anhören|artikel anhören|melden|mehr|weiter|zurück|vorheriger|"
                  "nächster|nächster artikel|vorheriger artikel|schließen|impressum|datenschutz|"
                  "datenschutzerklärung|agb|cookies|einstellungen|hilfe|"
                  "kategorien|kategorie|schlagwörter|themen|neueste|beliebt|shop|warenkorb|"
                  "ratgeber|nachrichten|aktuell|autor|autorin|redaktion|aktualisiert|"
                  "veröffentlicht|heute|gestern|zum inhalt|stand|dpa|eilmeldung|zur startseite"},
    {CHROME_EDGE,
     "accueil|menu|recherche|rechercher|à propos|contact|nous contacter|connexion|"
     "se connecter|s'inscrire|s'abonner|mon compte|abonnez-vous|suivre|suivez-nous|"
     "imprimer|enregistrer|sauvegarder|écouter|écouter l'article|signaler|plus|suivant|"
     "précédent|retour|fermer|mentions légales|confidentialité|cookies|aide|boutique|"
     "panier|actualités|catégories|catégorie|étiquettes|mots-clés|auteur|rédaction|"
     "publié|mis à jour|article suivant|article précédent|hier|aujourd'hui|newsletter"},
    {CHROME_EDGE,
     "inicio|menú|buscar|búsqueda|sobre nosotros|acerca de|contacto|iniciar sesión|"
     "registrarse|regístrate|suscribirse|suscríbete|mi cuenta|seguir|síguenos|imprimir|"
     "guardar|escuchar|denunciar|más|siguiente|anterior|volver|cerrar|aviso legal|"
     "privacidad|cookies|ayuda|tienda|carrito|noticias|categorías|categoría|etiquetas|"
     "autor|autora|redacción|publicado|actualizado|artículo siguiente|"
     "artículo anterior|hoy|ayer|portada|boletín"},
    {CHROME_EDGE,
     "الرئيسية|الصفحة الرئيسية|القائمة|بحث|ابحث|من نحن|اتصل بنا|تسجيل الدخول|دخول|"
     "إنشاء حساب|اشترك|اشترك الآن|متابعة|تابعنا|طباعة|حفظ|استمع|المزيد|التالي|السابق|"
     "رجوع|إغلاق|سياسة الخصوصية|الشروط|الأقسام|التصنيفات|الوسوم|أخبار|الكاتب|تحديث|نشر|"
     "النشرة البريدية|اليوم|أمس|المتجر"},
    {CHROME_EDGE,
     "ہوم|سرورق|صفحہ اول|صفحۂ اول|مینو|تلاش|تلاش کریں|ہمارے بارے میں|رابطہ|"
     "رابطہ کریں|لاگ ان|رجسٹر|سائن ان|سبسکرائب|سبسکرائب کریں|فالو|فالو کریں|پرنٹ|محفوظ کریں|"
     "سنیں|مزید|اگلا|پچھلا|واپس|بند کریں|زمرے|زمرہ|ٹیگز|خبریں|مصنف|اپ ڈیٹ|شائع|"
     "پرائیویسی پالیسی|آج|کل"},
    {CHROME_EDGE,
     "首页|首頁|菜单|選單|搜索|搜尋|关于我们|關於我們|联系我们|聯絡我們|登录|登入|注册|註冊|订阅|"
     "訂閱|"
     "关注|關注|打印|列印|保存|举报|更多|上一篇|下一篇|返回|关闭|隐私政策|分类|分類|标签|標籤|"
     "新闻|新聞|作者|编辑|發布|发布|更新|今天|昨天|返回首页"},

    {CHROME_SECTION, "arts|beauty|books|business|culture|economy|education|entertainment|fashion|"
                     "finance|fitness|food|games|health|lifestyle|local|markets|money|music|"
                     "nutrition|opinion|politics|recipes|science|sport|sports|style|tech|"
                     "technology|travel|us|uk|video|weather|wellness|world|community|forum|forums"},
    {CHROME_SECTION,
     "politik|wirtschaft|gesellschaft|kultur|wissen|wissenschaft|gesundheit|"
     "ernährung|reise|reisen|technik|digital|panorama|meinung|leben|karriere|familie"},
    {CHROME_SECTION, "politique|économie|société|culture|santé|sciences|bien-être|voyage|cuisine|"
                     "technologie|opinions|monde|international|mode|forme|nutrition"},
    {CHROME_SECTION, "política|economía|sociedad|cultura|salud|ciencia|deportes|viajes|tecnología|"
                     "opinión|mundo|internacional|moda|bienestar|nutrición|estilo|cocina"},
    {CHROME_SECTION,
     "سياسة|اقتصاد|ثقافة|رياضة|علوم|تكنولوجيا|منوعات|آراء|تغذية|صحة|سياست|معیشت|کھیل|ثقافت|"
     "صحت|سائنس|ٹیکنالوجی|دنیا|پاکستان|انٹرٹینمنٹ|کالم"},
    {CHROME_SECTION,
     "政治|经济|經濟|社会|社會|文化|体育|體育|科技|科学|娱乐|娛樂|财经|財經|旅游|教育|生活|饮食|"
     "健康|国际|視頻|视频"},

    {CHROME_ANYWHERE, "advertisement|advertisements|advertising|advert|ad|ads|sponsored|promoted|"
                      "advertisement - continue reading below|continue reading below|"
                      "article continues below|story continues below advertisement|"
                      "share this article|share this post|share this page|share this story|"
                      "share this|share on|share via|share article|share to|share|tweet|pin|pin it|"
                      "facebook|twitter|whatsapp|linkedin|pinterest|telegram|reddit|instagram|"
                      "messenger|tumblr|youtube|tiktok|bluesky|mastodon|threads|flipboard|snapchat|"
                      "read more|continue reading|show more|load more|see more|learn more|"
                      "click here to read more|leave a comment|leave a reply|post a comment|"
                      "add a comment|write a comment|join the conversation|join the discussion|"
                      "subscribe to our newsletter|sign up for our newsletter|"
                      "subscribe to newsletter|join our newsletter|skip to content|"
                      "skip to main content|jump to content|jump to navigation|jump to recipe|"
                      "jump to search|back to top|return to top|scroll to top|all rights reserved|"
                      "view comments|hide comments|show comments|was this article helpful|"
                      "was this helpful|rate this article|accept all cookies|accept cookies|"
                      "accept all|reject all|manage cookies|cookie settings|privacy policy|"
                      "terms of service|terms of use|cookie policy|"
                      "from wikipedia, the free encyclopedia|from wikipedia the free encyclopedia|"
                      "copied|link copied|print this page|email this article|save this article|"
                      "toggle navigation|toggle menu|open menu|close menu|enlarge image|"
                      "view gallery|play video|watch video|loading|most read"},
    {CHROME_ANYWHERE,
     "anzeige|werbung|teilen|artikel teilen|beitrag teilen|auf facebook teilen|"
     "weiterlesen|mehr lesen|mehr anzeigen|kommentar schreiben|"
     "kommentar hinterlassen|kommentar verfassen|schreiben sie einen kommentar|"
     "schreibe einen kommentar|newsletter abonnieren|zum newsletter anmelden|"
     "zum inhalt springen|direkt zum inhalt|nach oben|zum seitenanfang|"
     "alle rechte vorbehalten|alle cookies akzeptieren|alle akzeptieren|"
     "cookie-einstellungen|seite drucken|artikel drucken|artikel merken|"
     "war dieser artikel hilfreich|per e-mail teilen|link kopieren|bild vergrößern|"
     "mehr zum thema lesen"},
    {CHROME_ANYWHERE, "publicité|partager|partager l'article|partager cet article|partager sur|"
                      "lire la suite|lire plus|voir plus|laisser un commentaire|"
                      "écrire un commentaire|ajouter un commentaire|aller au contenu|"
                      "passer au contenu|haut de page|retour en haut|tous droits réservés|"
                      "tout accepter|tout refuser|accepter les cookies|copier le lien|"
                      "inscrivez-vous à notre newsletter|abonnez-vous à notre newsletter|"
                      "la suite après la publicité|cet article vous a-t-il été utile"},
    {CHROME_ANYWHERE, "publicidad|anuncio|compartir|comparte|compartir en|compartir artículo|"
                      "comparte este artículo|leer más|ver más|seguir leyendo|deja un comentario|"
                      "dejar un comentario|escribe un comentario|saltar al contenido|"
                      "ir al contenido|volver arriba|todos los derechos reservados|aceptar todo|"
                      "aceptar cookies|aceptar todas|copiar enlace|suscríbete a nuestro boletín|"
                      "suscríbete a nuestra newsletter|tuitear"},
    {CHROME_ANYWHERE, "إعلان|إعلانات|شارك|مشاركة|شارك المقال|شارك هذا المقال|مشاركة المقال|فيسبوك|"
                      "تويتر|واتساب|تلغرام|تيليجرام|انستغرام|إنستغرام|لينكدإن|اقرأ المزيد|"
                      "اترك تعليقا|اترك تعليقًا|أضف تعليقا|أضف تعليق|أضف تعليقًا|اكتب تعليقا|"
                      "تخطي إلى المحتوى|انتقل إلى المحتوى|العودة إلى الأعلى|جميع الحقوق محفوظة|"
                      "قبول الكل|نسخ الرابط|اشترك في نشرتنا البريدية|اشترك في النشرة البريدية"},
    {CHROME_ANYWHERE,
     "اشتہار|اشتہارات|شیئر|شیئر کریں|اس مضمون کو شیئر کریں|فیس بک|ٹوئٹر|ٹویٹر|"
     "واٹس ایپ|ٹیلی گرام|انسٹاگرام|مزید پڑھیں|تبصرہ کریں|تبصرہ لکھیں|اپنا تبصرہ لکھیں|"
     "مواد پر جائیں|اوپر جائیں|جملہ حقوق محفوظ ہیں|جملہ حقوق محفوظ|لنک کاپی کریں|"
     "ہمارے نیوز لیٹر کو سبسکرائب کریں"},
    {CHROME_ANYWHERE,
     "广告|廣告|分享|分享到|分享至|微信|微博|朋友圈|脸书|推特|阅读更多|閱讀更多|阅读全文|閱讀全文|"
     "展开全文|发表评论|發表評論|写评论|我要评论|跳到内容|跳至内容|跳到主要内容|返回顶部|"
     "回到顶部|版权所有|版權所有|接受所有|复制链接|複製連結|订阅我们的通讯|点击查看更多"},

    {CHROME_CONTENTS, "table of contents|contents|in this article|on this page|what you'll learn|"
                      "contents hide|contents show|table of contents hide|jump to"},
    {CHROME_CONTENTS, "inhaltsverzeichnis|inhalt|in diesem artikel|auf dieser seite"},
    {CHROME_CONTENTS, "sommaire|table des matières|dans cet article|au sommaire"},
    {CHROME_CONTENTS, "índice|índice de contenidos|tabla de contenidos|contenido|contenidos|"
                      "en este artículo"},
    {CHROME_CONTENTS, "المحتويات|جدول المحتويات|فهرس المحتويات|في هذا المقال"},
    {CHROME_CONTENTS, "فہرست|فہرست مضامین|مندرجات|اس مضمون میں"},
    {CHROME_CONTENTS, "目录|目錄|本文目录|内容目录"},

    {CHROME_RELATED,
     "related articles|related posts|related stories|related content|related topics|"
     "related reading|related|you may also like|you might also like|"
     "you may also enjoy|recommended for you|recommended|recommended articles|"
     "recommended reading|more from the author|more from this author|"
     "more articles|more stories|more to explore|more like this|read next|up next|"
     "keep reading|further reading on this site|popular posts|recent posts|"
     "latest posts|latest articles|most popular|trending now|also read|see also|"
     "what to read next"},
    {CHROME_RELATED, "ähnliche artikel|ähnliche beiträge|verwandte artikel|verwandte themen|"
                     "das könnte sie auch interessieren|das könnte dich auch interessieren|"
                     "mehr zum thema|weitere artikel|weitere themen|meistgelesen|beliebte artikel|"
                     "neueste beiträge|lesen sie auch|auch interessant"},
    {CHROME_RELATED, "articles similaires|articles liés|sur le même sujet|à lire aussi|"
                     "vous aimerez aussi|lire aussi|à lire également|les plus lus|"
                     "cela peut vous intéresser|dans la même rubrique"},
    {CHROME_RELATED,
     "artículos relacionados|te puede interesar|también te puede interesar|"
     "te podría interesar|más artículos|lo más leído|lee también|noticias relacionadas|"
     "entradas relacionadas|quizás te interese"},
    {CHROME_RELATED,
     "مقالات ذات صلة|مواضيع ذات صلة|قد يعجبك أيضا|قد يعجبك أيضًا|اقرأ أيضا|اقرأ أيضًا|"
     "الأكثر قراءة|مقالات مشابهة"},
    {CHROME_RELATED, "متعلقہ مضامین|متعلقہ خبریں|یہ بھی پڑھیں|مزید مضامین|مقبول ترین|تازہ ترین"},
    {CHROME_RELATED,
     "相关文章|相關文章|相关阅读|相關閱讀|推荐阅读|推薦閱讀|猜你喜欢|延伸阅读|延伸閱讀|热门文章|"
     "熱門文章|为您推荐"},

    {CHROME_REPLY, "reply|like reply|reply share|report reply|upvote reply"},
    {CHROME_REPLY, "antworten|répondre|responder|رد|جواب دیں|回复|回覆"},

    {CHROME_BY, "by|words by|text by|story by|text:|von|par|por|di|door|بقلم|از"},

    {CHROME_DATED, "published|published on|posted|posted on|updated|updated on|last updated|"
                   "last updated on|last reviewed|last reviewed on|last modified|last edited|"
                   "first published|date|date published|created|created on|modified|on"},
    {CHROME_DATED, "veröffentlicht|veröffentlicht am|erstellt am|aktualisiert|aktualisiert am|"
                   "zuletzt aktualisiert|zuletzt aktualisiert am|stand|letzte aktualisierung|vom"},
    {CHROME_DATED, "publié|publié le|mis à jour|mis à jour le|modifié le|dernière mise à jour|le"},
    {CHROME_DATED, "publicado|publicado el|actualizado|actualizado el|última actualización|fecha"},
    {CHROME_DATED, "نشر في|نُشر في|تاريخ النشر|آخر تحديث|تم التحديث|تحديث|شائع|تاریخ اشاعت|"
                   "آخری بار اپ ڈیٹ|اپ ڈیٹ|تاریخ"},
    {CHROME_DATED,
     "发布时间|發布時間|发布于|發布於|发布日期|更新时间|更新時間|更新于|更新於|日期|时间:"},

    {CHROME_LABEL, "written by|posted by|published by|reviewed by|medically reviewed by|"
                   "medically reviewed|clinically reviewed by|fact checked by|fact-checked by|"
                   "edited by|updated by|authored by|photographs by|author:|authors:|editor:|tags:|"
                   "tag:|tagged:|tagged with|filed under|filed in|posted in|categories:|category:|"
                   "topics:|topic:|keywords:|labels:|section:|reading time:|read time:|copyright|©|"
                   "follow us on|follow me on|more from|view all posts|share this:|like this:|"
                   "listen to this|download as pdf|download our app|enjoyed this|"
                   "did you enjoy this|thanks for reading|retrieved from|url:|permalink"},
    {CHROME_LABEL, "geschrieben von|verfasst von|veröffentlicht von|medizinisch geprüft von|"
                   "medizinisch geprüft|geprüft von|autor:|autorin:|autoren:|redaktion:|"
                   "schlagwörter:|schlagworte:|kategorie:|kategorien:|themen:|lesezeit:|tags:|"
                   "abgelegt unter|quelle foto|folgen sie uns|folge uns"},
    {CHROME_LABEL, "écrit par|rédigé par|publié par|vérifié par|relu par|revu par|"
                   "validé médicalement par|auteur:|auteure:|catégorie:|catégories:|étiquettes:|"
                   "mots-clés:|temps de lecture:|classé dans|suivez-nous sur"},
    {CHROME_LABEL, "escrito por|publicado por|revisado por|revisado médicamente por|"
                   "verificado por|autor:|autora:|etiquetas:|categoría:|categorías:|temas:|"
                   "archivado en|tiempo de lectura:|síguenos en"},
    {CHROME_LABEL, "كتبه:|الكاتب:|المؤلف:|تحرير:|مراجعة طبية|راجعه|راجعته|تمت المراجعة|الوسوم:|"
                   "التصنيف:|الأقسام:|كلمات مفتاحية:|تابعنا على"},
    {CHROME_LABEL,
     "تحریر:|مصنف:|لکھاری:|مترجم:|طبی جائزہ|ٹیگز:|زمرہ:|زمرے:|کیٹیگری:|ہمیں فالو کریں"},
    {CHROME_LABEL,
     "作者:|编辑:|編輯:|责任编辑|責任編輯|记者:|記者:|来源:|來源:|标签:|標籤:|分类:|分類:|审核:|"
     "医学审核|关键词:|關鍵詞:|原标题:|©"},

    {CHROME_CREDIT, "photo by|photos by|image by|images by|photo:|photograph:|image:|images:|"
                    "photo credit|image credit|photo courtesy|image courtesy|image source|"
                    "picture:|getty images|shutterstock|read more:|read also:|also read:|"
                    "read next:|related:|see also:|you may also like:|"
                    "subscribe to our|sign up for our|sign up to our|join our newsletter|"
                    "join our mailing list|get our newsletter|don't miss:"},
    {CHROME_CREDIT,
     "foto:|fotos:|bild:|bilder:|bildnachweis|bildquelle|quelle: imago|lesen sie auch|"
     "lies auch|mehr dazu:|lesetipp:|abonnieren sie unseren newsletter|"
     "abonniere unseren|melden sie sich für unseren newsletter"},
    {CHROME_CREDIT, "crédit photo|crédits photo|crédit:|crédits:|lire aussi|à lire aussi|"
                    "lire également|voir aussi|abonnez-vous à|inscrivez-vous à la|"
                    "inscrivez-vous à notre"},
    {CHROME_CREDIT, "crédito:|créditos:|fotografía:|imagen:|lee también|lea también|leer también|"
                    "te puede interesar:|suscríbete a|regístrate en nuestro"},
    {CHROME_CREDIT, "اقرأ أيضا:|اقرأ أيضًا:|اقرأ ايضا|المصدر: صورة|الصورة:|تصوير:|اشترك في نشرتنا|"
                    "یہ بھی پڑھیں:|مزید پڑھیں:|تصویر:|فوٹو:"},
    {CHROME_CREDIT,
     "延伸阅读:|延伸閱讀:|相关阅读:|相關閱讀:|推荐阅读:|图片来源|圖片來源|图源|图:|图片:|摄影:"},

    {CHROME_BANNER, "we use cookies|we and our partners use|this site uses cookies|"
                    "this website uses cookies|our site uses cookies|our website uses cookies|"
                    "by continuing to use|by clicking accept|by clicking|by using this site|"
                    "your privacy choices|we value your privacy|you are using an outdated browser|"
                    "please enable javascript|javascript is disabled|save my name, email|"
                    "save my name email|your email address will not be published|"
                    "required fields are marked|this article may contain affiliate links|"
                    "we may earn a commission|we earn from|as an amazon associate|"
                    "copyright ©|© copyright|this post may contain"},
    {CHROME_BANNER, "wir verwenden cookies|wir nutzen cookies|diese website verwendet cookies|"
                    "diese webseite verwendet cookies|diese seite verwendet cookies|"
                    "wir und unsere partner|deine e-mail-adresse wird nicht|"
                    "ihre e-mail-adresse wird nicht|bitte aktivieren sie javascript"},
    {CHROME_BANNER, "nous utilisons des cookies|ce site utilise des cookies|"
                    "nous et nos partenaires|votre adresse e-mail ne sera pas|"
                    "votre adresse de messagerie ne sera pas|en poursuivant votre navigation"},
    {CHROME_BANNER,
     "utilizamos cookies|usamos cookies|este sitio utiliza cookies|"
     "este sitio web utiliza cookies|este sitio usa cookies|nosotros y nuestros socios|"
     "tu dirección de correo electrónico no será"},
    {CHROME_BANNER, "نستخدم ملفات تعريف الارتباط|يستخدم هذا الموقع ملفات|يستخدم هذا الموقع|"
                    "لن يتم نشر عنوان بريدك|یہ ویب سائٹ کوکیز|ہم کوکیز استعمال|"
                    "آپ کا ای میل ایڈریس شائع نہیں"},
    {CHROME_BANNER,
     "我们使用cookie|我们使用 cookie|我們使用cookie|本网站使用|本網站使用|本站使用cookie|"
     "您的邮箱地址不会被公开|您的电子邮箱地址不会被公开"},
};

const size_t paste_chrome_row_count = sizeof paste_chrome_rows / sizeof *paste_chrome_rows;

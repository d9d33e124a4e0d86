/* The built-in words, one row a kind and language. Patterns are parted by "|"; {} is the subject;
 * a "?" at the end asks for a question mark. Case, accents on Arabic letters, the article before
 * a subject and the kind of apostrophe do not matter, so that one spelling does for all. */
#include "words_parts.h"

const struct words_row words_rows[] = {
    {WORD_FAQ, EN,
     "faq|faqs|q&a|q & a|q and a|q+a|frequently asked questions|common questions|questions|"
     "questions and answers|questions & answers|people also ask|faq about {}|faqs about {}|"
     "faq on {}|faqs on {}|faq - {}|faq: {}|{} faq|{} faqs|{} - faq|{}: faq|{} q&a|"
     "frequently asked questions about {}|frequently asked questions on {}|"
     "common questions about {}|questions about {}|your questions answered|"
     "frequently asked questions faq|frequently asked questions and answers|"
     "commonly asked questions|commonly asked questions about {}"},
    {WORD_FAQ, DE,
     "häufige fragen|häufig gestellte fragen|fragen und antworten|fragen & antworten|fragen|"
     "häufige fragen zu {}|häufige fragen zum {}|häufige fragen zur {}|"
     "häufig gestellte fragen zu {}|häufig gestellte fragen zum {}|"
     "häufig gestellte fragen zur {}|fragen und antworten zu {}|faq zu {}|faq zum {}|faq zur {}"},
    {WORD_FAQ, FR,
     "foire aux questions|questions fréquentes|questions fréquemment posées|"
     "questions et réponses|questions courantes|vos questions|questions fréquentes sur {}|"
     "foire aux questions sur {}|faq sur {}|questions fréquemment posées sur {}"},
    {WORD_FAQ, ES,
     "preguntas frecuentes|preguntas y respuestas|preguntas comunes|dudas frecuentes|preguntas|"
     "preguntas frecuentes sobre {}|preguntas comunes sobre {}|faq sobre {}"},
    {WORD_FAQ, PT,
     "perguntas frequentes|perguntas e respostas|dúvidas frequentes|dúvidas comuns|"
     "perguntas frequentes sobre {}|dúvidas frequentes sobre {}"},
    {WORD_FAQ, IT,
     "domande frequenti|domande e risposte|domande comuni|domande frequenti su {}|faq su {}"},
    {WORD_FAQ, AR,
     "الأسئلة الشائعة|أسئلة شائعة|الأسئلة المتكررة|أسئلة متكررة|أسئلة وأجوبة|"
     "الأسئلة والأجوبة|الأسئلة الأكثر شيوعا|الأسئلة الشائعة حول {}|الأسئلة الشائعة عن {}|"
     "أسئلة شائعة حول {}|أسئلة شائعة عن {}"},
    {WORD_FAQ, FA,
     "سوالات متداول|سؤالات متداول|پرسش‌های متداول|پرسش و پاسخ|"
     "سوالات متداول درباره {}"},
    {WORD_FAQ, UR,
     "اکثر پوچھے جانے والے سوالات|عام سوالات|سوالات و جوابات|سوال و جواب|سوالات اور جوابات|"
     "سوالات|{} کے بارے میں عام سوالات|{} کے بارے میں اکثر پوچھے جانے والے سوالات"},
    {WORD_FAQ, HI,
     "अक्सर पूछे जाने वाले प्रश्न|अक्सर पूछे जाने वाले सवाल|सामान्य प्रश्न|"
     "सवाल जवाब|प्रश्न और उत्तर"},
    {WORD_FAQ, ZH,
     "常见问题|常見問題|常见问答|常見問答|常见问题解答|常見問題解答|常见疑问|常見疑問|问答|問答|"
     "问与答|問與答|{}常见问题|{}常見問題|关于{}的常见问题|關於{}的常見問題"},

    {WORD_PROS, EN,
     "pros|pro|pros of {}|pros for {}|{} pros|{}: pros|{} - pros|advantages|advantages of {}|"
     "{} advantages|benefits|benefits of {}|{} benefits|key benefits|key benefits of {}|"
     "main benefits|main benefits of {}|health benefits|health benefits of {}|"
     "key advantages|main advantages|major advantages|potential benefits|possible benefits|"
     "potential advantages|other benefits|top benefits|top benefits of {}|strengths|"
     "strengths of {}|upsides|"
     "upsides of {}|positives|positives of {}|the good|what we like|what we liked|"
     "what we like about {}|plus points|arguments for {}|pros of using {}|"
     "advantages of using {}|benefits of using {}|what are the pros of {}|"
     "what are the benefits of {}|what are the advantages of {}"},
    {WORD_PROS, DE,
     "vorteile|vorteile von {}|vorteile der {}|vorteile des {}|vorteile vom {}|{} vorteile|"
     "{}: vorteile|pluspunkte|stärken|stärken von {}|stärken der {}|stärken des {}|"
     "das spricht für {}|was für {} spricht|vorzüge|vorzüge von {}|nutzen von {}"},
    {WORD_PROS, FR,
     "avantages|avantage|avantages de {}|avantages du {}|avantages des {}|avantages d'{}|"
     "points forts|points forts de {}|points forts du {}|points forts des {}|points positifs|"
     "pour|bienfaits|bienfaits de {}|bienfaits du {}|bienfaits des {}|atouts|atouts de {}|"
     "bénéfices|bénéfices de {}|{}: avantages"},
    {WORD_PROS, ES,
     "ventajas|ventajas de {}|ventajas del {}|ventajas de usar {}|beneficios|beneficios de {}|"
     "beneficios del {}|puntos fuertes|puntos fuertes de {}|puntos a favor|a favor|"
     "lo bueno|aspectos positivos|{}: ventajas"},
    {WORD_PROS, PT,
     "vantagens|vantagens de {}|vantagens do {}|vantagens da {}|vantagens dos {}|vantagens das {}|"
     "benefícios|benefícios de {}|benefícios do {}|benefícios da {}|prós|prós de {}|prós do {}|"
     "prós da {}|pontos fortes|pontos positivos"},
    {WORD_PROS, IT,
     "vantaggi|vantaggi di {}|vantaggi del {}|vantaggi della {}|vantaggi dei {}|vantaggi dell'{}|"
     "benefici|benefici di {}|benefici del {}|benefici della {}|punti di forza|pro di {}"},
    {WORD_PROS, AR,
     "المزايا|مزايا|مزايا {}|الإيجابيات|إيجابيات|إيجابيات {}|فوائد|الفوائد|فوائد {}|مميزات|"
     "المميزات|مميزات {}|محاسن {}|نقاط القوة"},
    {WORD_PROS, FA, "مزایا|مزایای {}|فواید|فواید {}|مزیت‌ها|مزیت‌های {}|نقاط قوت|نقاط قوت {}"},
    {WORD_PROS, UR,
     "فوائد|فائدے|{} کے فوائد|{} کے فائدے|خوبیاں|{} کی خوبیاں|مثبت پہلو|{} کے مثبت پہلو"},
    {WORD_PROS, HI, "फायदे|फ़ायदे|लाभ|{} के फायदे|{} के फ़ायदे|{} के लाभ"},
    {WORD_PROS, ZH,
     "优点|優點|优势|優勢|好处|好處|益处|益處|{}的优点|{}的優點|{}的优势|{}的優勢|{}的好处|"
     "{}的好處|{}的益处|{}的益處|{}优点|{}優點|{}优势|{}優勢"},

    {WORD_CONS, EN,
     "cons|con|contra|cons of {}|cons for {}|{} cons|{}: cons|{} - cons|disadvantages|"
     "disadvantages of {}|{} disadvantages|key disadvantages|main disadvantages|"
     "potential disadvantages|possible disadvantages|potential drawbacks|possible drawbacks|"
     "main drawbacks|key drawbacks|potential risks|possible risks|"
     "drawbacks|drawbacks of {}|{} drawbacks|downsides|"
     "downsides of {}|negatives|negatives of {}|weaknesses|weaknesses of {}|limitations|"
     "limitations of {}|risks|risks of {}|the bad|what we don't like|what we didn't like|"
     "what we don't like about {}|minus points|arguments against {}|cons of using {}|"
     "disadvantages of using {}|drawbacks of using {}|what are the cons of {}|"
     "what are the risks of {}|what are the drawbacks of {}|what are the disadvantages of {}"},
    {WORD_CONS, DE,
     "nachteile|nachteile von {}|nachteile der {}|nachteile des {}|nachteile vom {}|{} nachteile|"
     "{}: nachteile|minuspunkte|schwächen|schwächen von {}|schwächen der {}|schwächen des {}|"
     "das spricht gegen {}|was gegen {} spricht|risiken|risiken von {}"},
    {WORD_CONS, FR,
     "inconvénients|inconvénient|inconvénients de {}|inconvénients du {}|inconvénients des {}|"
     "inconvénients d'{}|points faibles|points faibles de {}|points faibles du {}|"
     "points négatifs|contre|désavantages|désavantages de {}|désavantages du {}|limites|"
     "limites de {}|limites du {}|risques de {}|{}: inconvénients"},
    {WORD_CONS, ES,
     "desventajas|desventajas de {}|desventajas del {}|inconvenientes|inconvenientes de {}|"
     "inconvenientes del {}|contras|contras de {}|contras del {}|puntos débiles|"
     "puntos débiles de {}|puntos en contra|en contra|lo malo|aspectos negativos|riesgos de {}|"
     "{}: desventajas"},
    {WORD_CONS, PT,
     "desvantagens|desvantagens de {}|desvantagens do {}|desvantagens da {}|desvantagens dos {}|"
     "desvantagens das {}|contras do {}|contras da {}|pontos fracos|pontos negativos"},
    {WORD_CONS, IT,
     "svantaggi|svantaggi di {}|svantaggi del {}|svantaggi della {}|svantaggi dei {}|"
     "svantaggi dell'{}|contro|contro di {}|punti deboli"},
    {WORD_CONS, AR,
     "العيوب|عيوب|عيوب {}|السلبيات|سلبيات|سلبيات {}|مساوئ|المساوئ|مساوئ {}|أضرار {}|"
     "نقاط الضعف"},
    {WORD_CONS, FA, "معایب|معایب {}|نقاط ضعف|نقاط ضعف {}|مضرات {}|عیب‌ها"},
    {WORD_CONS, UR,
     "نقصانات|{} کے نقصانات|خامیاں|{} کی خامیاں|منفی پہلو|{} کے منفی پہلو"},
    {WORD_CONS, HI, "नुकसान|नुक़सान|हानि|{} के नुकसान|{} के नुक़सान|{} की हानि"},
    {WORD_CONS, ZH,
     "缺点|缺點|劣势|劣勢|坏处|壞處|弊端|不足|{}的缺点|{}的缺點|{}的劣势|{}的劣勢|{}的坏处|"
     "{}的壞處|{}的弊端|{}的不足|{}缺点|{}缺點|{}劣势|{}劣勢"},

    {WORD_PROS_AND_CONS, EN,
     "pros and cons|pros & cons|pros/cons|pros and cons of {}|pros & cons of {}|"
     "{} pros and cons|{}: pros and cons|{} - pros and cons|advantages and disadvantages|"
     "advantages and disadvantages of {}|advantages & disadvantages of {}|"
     "benefits and risks|benefits and risks of {}|benefits and drawbacks|"
     "benefits and drawbacks of {}|strengths and weaknesses|strengths and weaknesses of {}|"
     "what are the pros and cons of {}"},
    {WORD_PROS_AND_CONS, DE,
     "vor- und nachteile|vorteile und nachteile|vor- und nachteile von {}|"
     "vor- und nachteile der {}|vor- und nachteile des {}|vorteile und nachteile von {}|"
     "vorteile und nachteile der {}|vorteile und nachteile des {}|pro und contra|pro & contra|"
     "pro und kontra|stärken und schwächen|{}: vor- und nachteile"},
    {WORD_PROS_AND_CONS, FR,
     "avantages et inconvénients|avantages et inconvénients de {}|"
     "avantages et inconvénients du {}|avantages et inconvénients des {}|"
     "avantages et inconvénients d'{}|pour et contre|le pour et le contre"},
    {WORD_PROS_AND_CONS, ES,
     "ventajas y desventajas|ventajas y desventajas de {}|ventajas y desventajas del {}|"
     "pros y contras|pros y contras de {}|pros y contras del {}|ventajas e inconvenientes|"
     "ventajas e inconvenientes de {}|ventajas e inconvenientes del {}"},
    {WORD_PROS_AND_CONS, PT,
     "vantagens e desvantagens|vantagens e desvantagens de {}|vantagens e desvantagens do {}|"
     "vantagens e desvantagens da {}|prós e contras|prós e contras de {}"},
    {WORD_PROS_AND_CONS, IT,
     "vantaggi e svantaggi|vantaggi e svantaggi di {}|vantaggi e svantaggi del {}|"
     "vantaggi e svantaggi della {}|pro e contro|pro e contro di {}"},
    {WORD_PROS_AND_CONS, AR,
     "المزايا والعيوب|مزايا وعيوب|مزايا وعيوب {}|إيجابيات وسلبيات|الإيجابيات والسلبيات|"
     "إيجابيات وسلبيات {}|فوائد وأضرار {}"},
    {WORD_PROS_AND_CONS, FA, "مزایا و معایب|مزایا و معایب {}|نقاط قوت و ضعف"},
    {WORD_PROS_AND_CONS, UR, "فوائد اور نقصانات|{} کے فوائد اور نقصانات|خوبیاں اور خامیاں"},
    {WORD_PROS_AND_CONS, HI, "फायदे और नुकसान|{} के फायदे और नुकसान"},
    {WORD_PROS_AND_CONS, ZH,
     "优缺点|優缺點|优点和缺点|優點和缺點|优点与缺点|優點與缺點|优劣|利弊|{}的优缺点|{}的優缺點|"
     "{}的利弊|{}优缺点|{}優缺點"},

    {WORD_COMPARISON, EN,
     "comparison|comparisons|comparison table|side by side|side-by-side comparison|"
     "head to head|{} vs. {}|{} vs {}|{} v. {}|{} versus {}|{} compared to {}|"
     "{} compared with {}|{} and {} compared|{} or {}?|comparing {}|comparison of {}|"
     "{} comparison|{} compared|{}: a comparison|comparison: {}|how {} compares to {}|"
     "how {} compares|how {} compare|difference between {}|differences between {}|"
     "how does {} compare|how does {} compare to {}|how do {} compare|key differences"},
    {WORD_COMPARISON, DE,
     "vergleich|im vergleich|direkter vergleich|vergleichstabelle|gegenüberstellung|"
     "{} gegen {}|{} oder {}?|{} im vergleich|vergleich von {}|vergleich: {}|vergleich {}|"
     "{} im direkten vergleich|unterschied zwischen {}|unterschiede zwischen {}|"
     "{} und {} im vergleich|{} verglichen mit {}"},
    {WORD_COMPARISON, FR,
     "comparaison|comparatif|tableau comparatif|{} contre {}|{} ou {}?|comparaison de {}|"
     "comparaison entre {}|comparatif {}|différence entre {}|différences entre {}|"
     "{} par rapport à {}|comparaison: {}"},
    {WORD_COMPARISON, ES,
     "comparación|comparativa|comparativo|tabla comparativa|{} contra {}|{} frente a {}|{} o {}?|"
     "comparación de {}|comparación entre {}|comparativa de {}|comparativa entre {}|"
     "diferencia entre {}|diferencias entre {}|{} comparado con {}"},
    {WORD_COMPARISON, PT,
     "comparação|tabela comparativa|comparação de {}|comparação entre {}|diferença entre {}|"
     "diferenças entre {}|{} ou {}?"},
    {WORD_COMPARISON, IT,
     "confronto|paragone|tabella comparativa|{} contro {}|{} a confronto|confronto tra {}|"
     "differenza tra {}|differenze tra {}|{} o {}?"},
    {WORD_COMPARISON, AR,
     "مقارنة|المقارنة|جدول المقارنة|مقارنة بين {}|مقارنة {}|{} مقابل {}|{} ضد {}|{} أم {}?|"
     "الفرق بين {}|ما الفرق بين {}|{} مقارنة ب{}"},
    {WORD_COMPARISON, FA, "مقایسه|جدول مقایسه|مقایسه {}|{} در مقابل {}|{} یا {}?|تفاوت {}"},
    {WORD_COMPARISON, UR,
     "موازنہ|تقابل|تقابلی جائزہ|{} کا موازنہ|{} بمقابلہ {}|{} یا {}?|{} میں فرق"},
    {WORD_COMPARISON, HI, "तुलना|{} की तुलना|{} बनाम {}|{} या {}?|{} में अंतर"},
    {WORD_COMPARISON, ZH,
     "比较|比較|对比|對比|对照|對照|对比表|對比表|比较表|比較表|{}与{}的比较|{}與{}的比較|{}和{}的比较|"
     "{}和{}的比較|{}与{}比较|{}與{}比較|{}与{}对比|{}與{}對比|{}和{}对比|{}对{}|{}與{}的對比|"
     "{}与{}的对比|{}和{}的区别|{}和{}的區別|{}与{}的区别|{}與{}的區別|{}比较|{}比較|{}对比|{}對比|"
     "{}还是{}?|{}還是{}?"},

    {WORD_RECOMMENDATION, EN,
     "recommendation|recommendations|our recommendation|our recommendations|best choice|"
     "the best choice|best choice for {}|best for|best option|best options|verdict|"
     "our verdict|which should you choose|which one should you choose|which is better|"
     "which is best|which one is better|which is right for you|which one is right for you|"
     "which treatment is best|which treatment is best for you|which to choose|how to choose|"
     "how to choose between {}|what to choose|our pick|our picks|top picks|what we recommend|"
     "when to choose {}|when to use {}|who should choose {}|who should use {}|our advice"},
    {WORD_RECOMMENDATION, DE,
     "empfehlung|empfehlungen|unsere empfehlung|unsere empfehlungen|beste wahl|die beste wahl|"
     "was ist besser|welche ist besser|welches ist besser|was solltest du wählen|"
     "was sollten sie wählen|was passt zu wem|wann was|für wen eignet sich {}|unser tipp"},
    {WORD_RECOMMENDATION, FR,
     "recommandation|recommandations|nos recommandations|notre recommandation|meilleur choix|"
     "le meilleur choix|que choisir|lequel choisir|laquelle choisir|comment choisir|"
     "quel est le meilleur choix|notre avis|nos conseils"},
    {WORD_RECOMMENDATION, ES,
     "recomendación|recomendaciones|nuestra recomendación|nuestras recomendaciones|"
     "mejor opción|la mejor opción|mejor elección|cuál elegir|cómo elegir|cuál es mejor|"
     "qué elegir"},
    {WORD_RECOMMENDATION, PT,
     "recomendação|recomendações|nossa recomendação|melhor escolha|melhor opção|qual escolher|"
     "como escolher|qual é melhor"},
    {WORD_RECOMMENDATION, IT,
     "raccomandazione|raccomandazioni|consigli|migliore scelta|la scelta migliore|"
     "quale scegliere|come scegliere|qual è meglio"},
    {WORD_RECOMMENDATION, AR,
     "التوصيات|توصيات|التوصية|توصية|توصياتنا|الخيار الأفضل|أفضل خيار|أيهما أفضل|"
     "أيهما تختار|كيف تختار"},
    {WORD_RECOMMENDATION, FA, "توصیه|توصیه‌ها|بهترین انتخاب|کدام بهتر است|چگونه انتخاب کنیم"},
    {WORD_RECOMMENDATION, UR,
     "سفارش|سفارشات|تجویز|تجاویز|بہترین انتخاب|کون سا بہتر ہے|کس کا انتخاب کریں"},
    {WORD_RECOMMENDATION, HI, "सिफारिश|सिफारिशें|सबसे अच्छा विकल्प|कौन सा बेहतर है"},
    {WORD_RECOMMENDATION, ZH,
     "推荐|推薦|建议|建議|最佳选择|最佳選擇|如何选择|如何選擇|怎么选|怎麼選|哪个更好|哪個更好|"
     "选择建议|選擇建議"},

    {WORD_EVIDENCE, EN,
     "evidence|scientific evidence|clinical evidence|the evidence|evidence for {}|"
     "scientific evidence for {}|scientific evidence supporting {}|evidence supporting {}|"
     "clinical evidence for {}|the science|the science behind {}|science behind {}|studies|"
     "clinical studies|clinical trials|studies on {}|research|scientific research|"
     "research on {}|research findings|what the research says|what does the research say|"
     "what the science says|what does the science say|what studies say|"
     "what the research says about {}|what the science says about {}|references|sources|"
     "bibliography|citations|evidence and research|research and evidence|scientific studies"},
    {WORD_EVIDENCE, DE,
     "evidenz|wissenschaftliche evidenz|studien|klinische studien|studienlage|"
     "wissenschaftliche belege|wissenschaftliche studien|belege|studien zu {}|studien zum {}|"
     "studien zur {}|die studienlage zu {}|forschung|was sagt die forschung|"
     "was sagt die wissenschaft|quellen|literatur|literaturverzeichnis|quellenangaben"},
    {WORD_EVIDENCE, FR,
     "preuves|preuves scientifiques|études|études scientifiques|études cliniques|recherche|"
     "recherches|études sur {}|ce que dit la science|ce que disent les études|sources|"
     "références|bibliographie|données scientifiques"},
    {WORD_EVIDENCE, ES,
     "evidencia|evidencia científica|evidencia clínica|estudios|estudios científicos|"
     "estudios clínicos|estudios sobre {}|investigación|evidencia científica de {}|"
     "evidencia científica sobre {}|qué dice la ciencia|referencias|fuentes|bibliografía"},
    {WORD_EVIDENCE, PT,
     "evidência|evidências|evidências científicas|estudos|estudos científicos|"
     "estudos clínicos|pesquisas|o que diz a ciência|referências|fontes"},
    {WORD_EVIDENCE, IT,
     "evidenze|evidenze scientifiche|prove scientifiche|studi|studi clinici|studi scientifici|"
     "ricerca|cosa dice la scienza|riferimenti|fonti|bibliografia"},
    {WORD_EVIDENCE, AR,
     "الأدلة|الأدلة العلمية|أدلة علمية|الدراسات|الدراسات العلمية|دراسات|الأبحاث|أبحاث|"
     "الأدلة السريرية|ماذا يقول العلم|المراجع|المصادر|مراجع|مصادر"},
    {WORD_EVIDENCE, FA, "شواهد|شواهد علمی|مطالعات|مطالعات علمی|تحقیقات|منابع|مراجع"},
    {WORD_EVIDENCE, UR,
     "سائنسی شواہد|شواہد|تحقیق|سائنسی تحقیق|مطالعات|تحقیقات|{} کے سائنسی شواہد|حوالہ جات|"
     "حوالے|ماخذ"},
    {WORD_EVIDENCE, HI, "वैज्ञानिक प्रमाण|प्रमाण|अध्ययन|शोध|संदर्भ|स्रोत"},
    {WORD_EVIDENCE, ZH,
     "证据|證據|科学证据|科學證據|临床证据|臨床證據|研究|科学研究|科學研究|临床研究|臨床研究|"
     "研究证据|研究證據|参考文献|參考文獻|参考资料|參考資料|来源|來源"},

    {WORD_CONCLUSION, EN,
     "conclusion|conclusions|in conclusion|final thoughts|closing thoughts|final words|"
     "final word|bottom line|the bottom line|summary|in summary|summing up|to sum up|"
     "wrapping up|wrap-up|wrap up|takeaway|takeaways|key takeaways|the takeaway|last words|"
     "parting thoughts|final verdict|final thoughts on {}|conclusion on {}|concluding thoughts|"
     "conclusion - {}|conclusion: {}|final thoughts: {}|final thoughts - {}|"
     "the bottom line: {}|the bottom line on {}|tl;dr"},
    {WORD_CONCLUSION, DE,
     "fazit|schluss|schlussfolgerung|schlussfolgerungen|schlusswort|zusammenfassung|"
     "abschließende gedanken|unser fazit|mein fazit|fazit: {}|fazit - {}|resümee|"
     "das wichtigste in kürze|schlussgedanken|ergebnis"},
    {WORD_CONCLUSION, FR,
     "conclusion|conclusions|en conclusion|pour conclure|en résumé|résumé|bilan|en bref|"
     "à retenir|l'essentiel|le mot de la fin|conclusion: {}|dernières réflexions"},
    {WORD_CONCLUSION, ES,
     "conclusión|conclusiones|en conclusión|resumen|en resumen|reflexiones finales|"
     "consideraciones finales|palabras finales|para concluir|conclusión: {}|pensamientos finales"},
    {WORD_CONCLUSION, PT,
     "conclusão|conclusões|considerações finais|resumo|em resumo|palavras finais|"
     "em conclusão|conclusão: {}"},
    {WORD_CONCLUSION, IT,
     "conclusione|conclusioni|in conclusione|considerazioni finali|in sintesi|riepilogo|"
     "pensieri finali|conclusione: {}"},
    {WORD_CONCLUSION, AR,
     "الخلاصة|خلاصة|الخاتمة|خاتمة|في الختام|ختاما|الاستنتاج|استنتاج|أفكار ختامية|كلمة أخيرة|"
     "خلاصة القول|الملخص|ملخص"},
    {WORD_CONCLUSION, FA, "نتیجه‌گیری|نتیجه گیری|جمع‌بندی|جمع بندی|خلاصه|سخن پایانی|کلام آخر"},
    {WORD_CONCLUSION, UR,
     "نتیجہ|خلاصہ|حتمی خیالات|آخری بات|اختتام|اختتامیہ|حاصل کلام|آخری خیالات"},
    {WORD_CONCLUSION, HI, "निष्कर्ष|सारांश|अंतिम विचार|उपसंहार"},
    {WORD_CONCLUSION, ZH,
     "结论|結論|总结|總結|结语|結語|小结|小結|最后的想法|最後的想法|最后总结|結尾|结尾|写在最后|寫在最後"},

    {WORD_DISCLAIMER, EN,
     "disclaimer|medical disclaimer|legal disclaimer|health disclaimer|disclaimers|"
     "important disclaimer|legal notice|important notice|medical advice disclaimer|"
     "affiliate disclaimer|affiliate disclosure|disclosure|note: not medical advice"},
    {WORD_DISCLAIMER, DE,
     "haftungsausschluss|disclaimer|medizinischer hinweis|rechtlicher hinweis|"
     "wichtiger hinweis|haftungshinweis|hinweis zu gesundheitsthemen|"
     "medizinischer haftungsausschluss"},
    {WORD_DISCLAIMER, FR,
     "avertissement|avertissement médical|clause de non-responsabilité|mentions légales|"
     "avis de non-responsabilité|mise en garde|décharge de responsabilité"},
    {WORD_DISCLAIMER, ES,
     "descargo de responsabilidad|aviso legal|aviso médico|exención de responsabilidad|"
     "advertencia|aviso importante|advertencia médica|nota legal"},
    {WORD_DISCLAIMER, PT,
     "isenção de responsabilidade|aviso legal|aviso médico|aviso importante|aviso"},
    {WORD_DISCLAIMER, IT,
     "avvertenza|avvertenze|esclusione di responsabilità|note legali|dichiarazione di non "
     "responsabilità|liberatoria"},
    {WORD_DISCLAIMER, AR,
     "إخلاء المسؤولية|إخلاء مسؤولية|إخلاء المسؤولية الطبية|إخلاء مسؤولية طبية|تنبيه|"
     "تنبيه طبي|تنويه|تنويه طبي|ملاحظة قانونية"},
    {WORD_DISCLAIMER, FA, "سلب مسئولیت|سلب مسؤولیت|هشدار پزشکی|توجه مهم"},
    {WORD_DISCLAIMER, UR,
     "دستبرداری|اعلان دستبرداری|اعلانِ دستبرداری|ڈس کلیمر|طبی دستبرداری|انتباہ|"
     "اظہار لاتعلقی"},
    {WORD_DISCLAIMER, HI, "अस्वीकरण|चिकित्सा अस्वीकरण|चेतावनी"},
    {WORD_DISCLAIMER, ZH,
     "免责声明|免責聲明|医疗免责声明|醫療免責聲明|声明|聲明|重要声明|重要聲明|法律声明|法律聲明"},

    {WORD_QUESTION, EN, "q|question|ques"},
    {WORD_QUESTION, DE, "f|frage"},
    {WORD_QUESTION, ES, "p|pregunta"},
    {WORD_QUESTION, PT, "pergunta"},
    {WORD_QUESTION, IT, "d|domanda"},
    {WORD_QUESTION, AR, "س|سؤال|السؤال"},
    {WORD_QUESTION, FA, "پرسش"},
    {WORD_QUESTION, UR, "سوال|سوال نمبر"},
    {WORD_QUESTION, HI, "प्रश्न|सवाल|प्र"},
    {WORD_QUESTION, ZH, "问|問|问题|問題"},

    {WORD_ANSWER, EN, "a|answer|ans"},
    {WORD_ANSWER, DE, "antwort"},
    {WORD_ANSWER, FR, "r|réponse|rép"},
    {WORD_ANSWER, ES, "respuesta"},
    {WORD_ANSWER, PT, "resposta"},
    {WORD_ANSWER, IT, "risposta"},
    {WORD_ANSWER, AR, "ج|جواب|الجواب|إجابة|الإجابة"},
    {WORD_ANSWER, FA, "پاسخ"},
    {WORD_ANSWER, HI, "उत्तर|जवाब|उ"},
    {WORD_ANSWER, ZH, "答|回答|答案"},

    {WORD_FOR, EN,
     "for {}|if {}|when {}|in case of {}|best for {}|those who {}|people who {}"},
    {WORD_FOR, DE, "für {}|bei {}|wenn {}|falls {}|im falle von {}|zur {}|zum {}"},
    {WORD_FOR, FR, "pour {}|si {}|en cas de {}|en cas d'{}|contre {}|lorsque {}"},
    {WORD_FOR, ES, "para {}|si {}|en caso de {}|cuando {}"},
    {WORD_FOR, PT, "para {}|se {}|em caso de {}|quando {}"},
    {WORD_FOR, IT, "per {}|se {}|in caso di {}|quando {}"},
    {WORD_FOR, AR, "من أجل {}|إذا {}|في حالة {}|في حال {}|لمن {}|عند {}|بالنسبة ل{}"},
    {WORD_FOR, FA, "برای {}|اگر {}|در صورت {}"},
    {WORD_FOR, UR, "{} کے لیے|{} کے لئے|اگر {}|{} کی صورت میں"},
    {WORD_FOR, HI, "{} के लिए|यदि {}|अगर {}"},
    {WORD_FOR, ZH, "对于{}|對於{}|针对{}|針對{}|如果{}|若{}|适合{}|適合{}"},

    {WORD_STUDY, EN,
     "study|studies|trial|trials|meta-analysis|meta-analyses|metaanalysis|systematic review|"
     "literature review|cochrane review|research|researchers|journal|cohort|randomized|"
     "randomised|clinical review|survey"},
    {WORD_STUDY, DE,
     "studie|studien|metaanalyse|meta-analyse|metaanalysen|übersichtsarbeit|untersuchung|"
     "untersuchungen|forscher|forschung|fachzeitschrift|forschende"},
    {WORD_STUDY, FR,
     "étude|études|essai clinique|essais cliniques|méta-analyse|méta-analyses|recherche|"
     "recherches|chercheurs|revue systématique|essai"},
    {WORD_STUDY, ES,
     "estudio|estudios|ensayo clínico|ensayos clínicos|metaanálisis|meta-análisis|"
     "investigación|investigadores|revisión sistemática|ensayo"},
    {WORD_STUDY, PT,
     "estudo|estudos|ensaio clínico|pesquisa|pesquisas|pesquisadores|meta-análise|"
     "revisão sistemática"},
    {WORD_STUDY, IT,
     "studio|studi|ricerca|ricercatori|metanalisi|meta-analisi|revisione sistematica|"
     "sperimentazione"},
    {WORD_STUDY, AR,
     "دراسة|الدراسة|دراسات|الدراسات|لدراسة|ودراسة|بحث|البحث|أبحاث|الأبحاث|تجربة سريرية|"
     "مجلة|باحثون|الباحثون|تحليل تلوي"},
    {WORD_STUDY, FA, "مطالعه|مطالعات|مطالعه‌ای|تحقیق|تحقیقات|پژوهش|پژوهشی|پژوهشگران"},
    {WORD_STUDY, UR, "تحقیق|مطالعہ|مطالعے|تحقیقات|مطالعات|محققین|ٹرائل|جریدے"},
    {WORD_STUDY, HI, "अध्ययन|अध्ययनों|शोध|अनुसंधान|शोधकर्ताओं|परीक्षण"},
    {WORD_STUDY, ZH, "研究|试验|試驗|荟萃分析|薈萃分析|元分析|期刊|学报|學報|调查|調查"},

    {WORD_FACTOR, EN,
     "factor|factors|feature|features|criterion|criteria|aspect|aspects|attribute|attributes|"
     "category|property|characteristic|characteristics|parameter|metric|specification|spec|"
     "specs|point of comparison|comparison|consideration|basis|basis of comparison"},
    {WORD_FACTOR, DE,
     "kriterium|kriterien|merkmal|merkmale|faktor|faktoren|aspekt|aspekte|eigenschaft|"
     "eigenschaften|vergleich|kategorie|vergleichskriterium"},
    {WORD_FACTOR, FR,
     "critère|critères|facteur|facteurs|caractéristique|caractéristiques|aspect|aspects|"
     "catégorie|comparaison"},
    {WORD_FACTOR, ES,
     "criterio|criterios|factor|factores|característica|características|aspecto|aspectos|"
     "categoría|comparación"},
    {WORD_FACTOR, PT,
     "critério|critérios|fator|fatores|característica|características|aspecto|aspectos|categoria"},
    {WORD_FACTOR, IT,
     "criterio|criteri|fattore|fattori|caratteristica|caratteristiche|aspetto|aspetti|categoria"},
    {WORD_FACTOR, AR,
     "العامل|عامل|العوامل|المعيار|معيار|المعايير|الخاصية|الميزة|الجانب|وجه المقارنة|"
     "أوجه المقارنة|السمة"},
    {WORD_FACTOR, FA, "عامل|معیار|ویژگی|ویژگی‌ها|جنبه"},
    {WORD_FACTOR, UR, "عنصر|عوامل|عامل|معیار|خصوصیت|خصوصیات|پہلو"},
    {WORD_FACTOR, HI, "कारक|मापदंड|विशेषता|पहलू|मानदंड"},
    {WORD_FACTOR, ZH,
     "因素|特征|特徵|特点|特點|标准|標準|指标|指標|项目|項目|方面|对比项|對比項|比较项目|比較項目"},

    {WORD_DEFINITION, EN,
     "what is {}?|what are {}?|what is {}|what are {}|what's {}?|what's {}|about {}|"
     "definition of {}|meaning of {}|introduction to {}|overview of {}|understanding {}|"
     "what exactly is {}|what does {} mean|who is {}?"},
    {WORD_DEFINITION, DE,
     "was ist {}|was sind {}|was bedeutet {}|was versteht man unter {}|über {}|"
     "definition von {}|einführung in {}|überblick über {}"},
    {WORD_DEFINITION, FR,
     "qu'est-ce que {}|qu'est-ce qu'{}|c'est quoi {}|que sont {}|définition de {}|"
     "définition du {}|à propos de {}|présentation de {}"},
    {WORD_DEFINITION, ES,
     "qué es {}|qué son {}|definición de {}|definición del {}|acerca de {}|introducción a {}"},
    {WORD_DEFINITION, PT,
     "o que é {}|o que são {}|definição de {}|sobre {}"},
    {WORD_DEFINITION, IT,
     "che cos'è {}|cos'è {}|che cosa è {}|cosa sono {}|che cosa sono {}|definizione di {}"},
    {WORD_DEFINITION, AR, "ما هو {}|ما هي {}|ماهو {}|ماهي {}|تعريف {}|ما المقصود ب{}|نبذة عن {}"},
    {WORD_DEFINITION, FA, "{} چیست|{} چیست؟|تعریف {}|درباره {}"},
    {WORD_DEFINITION, UR, "{} کیا ہے|{} کیا ہیں|{} کا تعارف|{} کی تعریف|{} کے بارے میں"},
    {WORD_DEFINITION, HI, "{} क्या है|{} क्या हैं|{} की परिभाषा|{} के बारे में"},
    {WORD_DEFINITION, ZH,
     "什么是{}|什麼是{}|{}是什么|{}是什麼|何谓{}|何謂{}|{}的定义|{}的定義|关于{}|關於{}|{}简介|{}簡介"},

    {WORD_FACTS, EN,
     "facts|key facts|quick facts|fast facts|facts about {}|key facts about {}|"
     "quick facts about {}|at a glance|{} at a glance|details|key details|specifications|"
     "specs|{} specifications|technical specifications|technical data|profile|key data|"
     "basic information|key information|drug information|product details|overview|"
     "quick overview"},
    {WORD_FACTS, DE,
     "fakten|auf einen blick|{} auf einen blick|steckbrief|steckbrief: {}|eckdaten|"
     "technische daten|das wichtigste auf einen blick|fakten zu {}|daten und fakten|übersicht|"
     "überblick|kurz und knapp"},
    {WORD_FACTS, FR,
     "faits|en un coup d'oeil|en un coup d'œil|{} en un coup d'œil|fiche technique|"
     "caractéristiques|faits essentiels|informations clés|fiche d'identité|aperçu"},
    {WORD_FACTS, ES,
     "datos|datos clave|de un vistazo|{} de un vistazo|ficha técnica|especificaciones|"
     "hechos|datos rápidos|resumen rápido"},
    {WORD_FACTS, PT, "fatos|dados|ficha técnica|num relance|especificações|visão geral"},
    {WORD_FACTS, IT, "fatti|dati|in breve|a colpo d'occhio|scheda tecnica|specifiche|panoramica"},
    {WORD_FACTS, AR, "حقائق|حقائق عن {}|لمحة سريعة|معلومات أساسية|نظرة عامة|المواصفات"},
    {WORD_FACTS, FA, "حقایق|در یک نگاه|{} در یک نگاه|مشخصات|مشخصات {}"},
    {WORD_FACTS, UR, "حقائق|اہم حقائق|ایک نظر میں|{} ایک نظر میں|بنیادی معلومات|تفصیلات"},
    {WORD_FACTS, HI, "तथ्य|मुख्य तथ्य|एक नज़र में|विवरण"},
    {WORD_FACTS, ZH,
     "概览|概覽|一览|一覽|要点|要點|基本信息|基本資訊|基本资料|基本資料|{}一览|{}一覽|规格|規格|"
     "关键事实|關鍵事實|简介|簡介"},

    {WORD_CHROME, EN,
     "comment|comments|leave a comment|leave a reply|reply|replies|share|shares|share this|"
     "share on|share this article|share this post|view|views|reads|like|likes|tweet|tweets|"
     "pin it|print|email|read more|related posts|related articles|you may also like|"
     "recommended for you|subscribe|subscribe to our newsletter|newsletter|advertisement|"
     "advertisements|ad|sponsored|follow us|follow|min read|minute read|minutes read|"
     "posted by|posted on|posted in|written by|by {}|author|published|published on|"
     "last updated|updated on|categories|category|tags|tagged|filed under|home|menu|search|"
     "log in|login|sign in|sign up|register|previous|next|previous post|next post|"
     "previous article|next article|skip to content|back to top|table of contents|contents|"
     "cookie policy|privacy policy|terms of service|all rights reserved|copy link|save|"
     "bookmark|report|facebook|twitter|whatsapp|linkedin|pinterest|telegram|reddit|instagram"},
    {WORD_CHROME, DE,
     "kommentar|kommentare|kommentar schreiben|teilen|aufrufe|ansichten|gefällt mir|"
     "weiterlesen|ähnliche artikel|ähnliche beiträge|das könnte sie auch interessieren|"
     "abonnieren|anzeige|werbung|folgen|lesezeit|min. lesezeit|min lesezeit|minuten lesezeit|"
     "von {}|veröffentlicht am|zuletzt aktualisiert|startseite|menü|suche|anmelden|"
     "registrieren|vorheriger beitrag|nächster beitrag|zurück|weiter|inhaltsverzeichnis|"
     "drucken|datenschutz|impressum|nach oben"},
    {WORD_CHROME, FR,
     "commentaire|commentaires|laisser un commentaire|partager|partages|vues|j'aime|"
     "lire la suite|articles similaires|s'abonner|publicité|suivre|min de lecture|"
     "minutes de lecture|temps de lecture|par {}|publié le|mis à jour le|accueil|menu|"
     "rechercher|connexion|s'inscrire|précédent|suivant|sommaire|imprimer|"
     "politique de confidentialité|haut de page"},
    {WORD_CHROME, ES,
     "comentario|comentarios|deja un comentario|compartir|visitas|vistas|me gusta|leer más|"
     "artículos relacionados|suscribirse|publicidad|seguir|min de lectura|minutos de lectura|"
     "tiempo de lectura|por {}|publicado el|actualizado el|inicio|menú|buscar|"
     "iniciar sesión|registrarse|anterior|siguiente|índice|imprimir|política de privacidad"},
    {WORD_CHROME, PT,
     "comentário|comentários|compartilhar|partilhar|visualizações|curtir|leia mais|"
     "artigos relacionados|inscrever-se|publicidade|min de leitura|publicado em|anterior|próximo"},
    {WORD_CHROME, IT,
     "commento|commenti|lascia un commento|condividi|visualizzazioni|mi piace|leggi di più|"
     "articoli correlati|iscriviti|pubblicità|min di lettura|pubblicato il|precedente|successivo"},
    {WORD_CHROME, AR,
     "تعليق|تعليقات|التعليقات|اترك تعليقا|مشاركة|شارك|مشاهدة|مشاهدات|إعجاب|إعجابات|اقرأ المزيد|"
     "اقرأ أيضا|مقالات ذات صلة|اشترك|إعلان|متابعة|دقائق قراءة|دقيقة قراءة|بقلم {}|الرئيسية|"
     "القائمة|بحث|تسجيل الدخول|السابق|التالي|طباعة|سياسة الخصوصية|نشر في"},
    {WORD_CHROME, FA,
     "نظر|نظرات|دیدگاه|دیدگاه‌ها|ارسال دیدگاه|اشتراک گذاری|اشتراک‌گذاری|بازدید|پسندیدن|"
     "ادامه مطلب|مطالب مرتبط|تبلیغات|دقیقه مطالعه|صفحه اصلی|جستجو|ورود|قبلی|بعدی|چاپ"},
    {WORD_CHROME, UR,
     "تبصرہ|تبصرے|تبصرہ کریں|مناظر|شیئر|شیئر کریں|پسند|مزید پڑھیں|متعلقہ مضامین|"
     "سبسکرائب|اشتہار|اشتہارات|فالو کریں|منٹ کا مطالعہ|از {}|سرورق|تلاش|لاگ ان|پچھلا|اگلا|جوابات"},
    {WORD_CHROME, HI,
     "टिप्पणी|टिप्पणियाँ|टिप्पणियां|साझा करें|शेयर करें|शेयर|दृश्य|व्यूज|पसंद|और पढ़ें|"
     "विज्ञापन|सदस्यता लें"},
    {WORD_CHROME, ZH,
     "评论|評論|条评论|條評論|留言|发表评论|發表評論|分享|浏览|瀏覽|次浏览|次瀏覽|阅读量|閱讀量|"
     "阅读|閱讀|点赞|點讚|赞|讚|阅读更多|閱讀更多|阅读全文|閱讀全文|相关文章|相關文章|订阅|訂閱|广告|"
     "廣告|关注|關注|分钟阅读|分鐘閱讀|作者|首页|首頁|菜单|菜單|搜索|登录|登入|注册|註冊|上一篇|下一篇|"
     "目录|目錄|打印|列印|转发|轉發|收藏"},
};

const size_t words_row_count = sizeof words_rows / sizeof *words_rows;

/* Folded, each with the space or apostrophe that parts it from the noun. */
const char *const words_articles[LANGUAGE_COUNT] = {
    [EN] = "the |a |an |our |your ",
    [DE] = "der |die |das |dem |den |des |ein |eine |einer |einem |einen ",
    [FR] = "le |la |les |l'|un |une ",
    [ES] = "el |la |los |las |un |una |unos |unas ",
    [PT] = "o |a |os |as |um |uma ",
    [IT] = "il |lo |la |i |gli |le |l'|un |uno |una |un'",
};

-- fascia.template: escaping by place, control flow, includes, and messages with their lines.
local tests = {}

local function render(t, source, env, name)
    t.fascia.template(source, name or "t/page.html")(t.begin(), env or {})
    return t.written()
end

local EVIL = [["'><script>&]]

tests["an expression is escaped for its place"] = function(t)
    t.equal(render(t, '<b title="{{ x }}">{{ x }}</b>', { x = EVIL }),
        '<b title="&quot;&#39;&gt;&lt;script&gt;&amp;">&quot;&#39;&gt;&lt;script&gt;&amp;</b>')
    t.equal(render(t, '<a href="/t/{{ x }}?q={{ x }}#{{ x }}">', { x = "a/b &" }),
        '<a href="/t/a/b%20%26?q=a%2Fb%20%26#a%2Fb%20%26">')
    t.equal(render(t, '<a href="{{ x }}">', { x = "javascript:alert(1)" }), '<a href="#">')
    t.equal(render(t, "{{ x }}", { x = "a\1<" }, "f.xml"), "a&lt;")
    t.equal(render(t, "{{ x }}", { x = "a<" }, "f.txt"), "a<")
end

tests["data in a script element is JSON, inside a JSON string too"] = function(t)
    local open = '<script type="application/json">'
    t.equal(render(t, open .. '{"a":{{ x }},"b":"{{ x }}"}</script>{{ x }}', { x = '</"' }),
        open .. '{"a":"\\u003c/\\"","b":"\\u003c/\\""}</script>&lt;/&quot;')
    t.equal(render(t, "<script type='application/json'>{{ x }}</script>"),
        "<script type='application/json'>null</script>")
end

tests["an image may be data, a document may not"] = function(t)
    local svg, written = "data:image/svg+xml,<svg/>", "data:image/svg+xml,&lt;svg/&gt;"
    for _, open in ipairs { '<img src="', '<input src="', '<video poster="', '<td background="',
        '<IMG SRC="', '<svg><image href="' } do
        t.equal(render(t, open .. '{{ x }}">', { x = svg }), open .. written .. '">')
    end
    for _, open in ipairs { '<iframe src="', '<script src="', '<embed src="', '<frame src="',
        '<object data="', '<a href="', '<img href="', '<audio src="', '<form action="',
        '<use xlink:href="', '<image src="' } do
        t.equal(render(t, open .. '{{ x }}"></script>', { x = svg }), open .. '#"></script>')
    end
    t.equal(render(t, '<{{{ "img" }}} src="{{ x }}">', { x = svg }), '<img src="#">')
end

tests["an expression is refused where nothing makes it safe"] = function(t)
    for _, source in ipairs { "<script>{{ x }}</script>", "<style>{{ x }}</style>",
        "<!-- a > {{ x }} -->",
        '<p onclick="{{ x }}">', '<p style="{{ x }}">', "<p class={{ x }}>", "<p {{ x }}>",
        "<{{ x }}>", '<a href="{{ x }}{{ x }}">', '<a href="javascript:{{ x }}">',
        '<a href="x{{ x }}">', '<iframe srcdoc="{{ x }}">' } do
        t.refused("{{ }} cannot be made safe here", render, t, source, { x = "y" })
    end
    t.equal(render(t, "<style>{{{ x }}}</style>", { x = "a{}" }), "<style>a{}</style>")
end

tests["branches must end where they began"] = function(t)
    t.refused("t/page.html:2:1: the block of line 1 begins in text and ends in an attribute value",
        render, t, '{% if x then %}<a href="\n{% end %}')
    t.refused("begins in text and ends in a tag", render, t,
        "{% if x then %}<a {% else %}{% end %}")
    t.equal(render(t, '<p{% if x then %} id="{{ x }}"{% end %}>', { x = 1 }), '<p id="1">')
end

tests["nil and false are written as nothing"] = function(t)
    t.equal(render(t, "[{{ x and 1 }}{{ x or z }}{{{ t.x }}}{{ t.x }}{{ y }}{{{ y }}}]",
        { y = false, t = {} }), "[]")
end

tests["a name that stands alone and that nobody gave is an error with the nearest"] = function(t)
    local given = { title = "T", article = { title = "A" }, off = false }
    t.refused("t/page.html:2:3: there is no variable 'titel'; did you mean 'title'?", render, t,
        "<p>\né {{ titel }}", given)
    t.refused("there is no variable 'titel'", render, t, "{{{ titel }}}", given)
    t.refused("there is no variable 'artcle'; did you mean 'article'?", render, t,
        "{{ artcle.title }}", given)
    t.refused("t/page.html:1:1: there is no variable 'x'; write {% if x then %} where it may be "
        .. "missing", render, t, "{{ x }}", given)
    t.refused("did you mean 'title'?", render, t, '{% include "named.html", { b = 1 } %}', given)
    t.equal(render(t, "{{ title }}{{ article.title }}{{ article['title'] }}{{ off }}"
        .. "{{ fascia.slug('A') }}", given), "TAAa")
    t.equal(render(t, '<a href="{{ x or off }}">{{ nil }}{{ article .. "" }}', { article = "b",
        off = "c" }), '<a href="c">b')
end

tests["what a statement asks for may be missing"] = function(t)
    t.equal(render(t, "{% if x then %}!{% end %}[{{ x }}]"), "[]")
    t.equal(render(t, "{% local y %}{% for z = 1, 1 do %}[{{ y }}{{ z }}]{% end %}"), "[1]")
    t.equal(render(t, "{% local function f(a) %}[{{ a }}]{% end %}{% f() %}"), "[]")
end

tests["a line that holds only a statement leaves no line"] = function(t)
    t.equal(render(t, "a\n  {% for i = 1, 2 do %}\n{{ i }}\n  {% end %}\n{# note #}\n"
        .. "b {% x = 1 %}."),
        "a\n1\n2\nb .")
end

tests["functions of a template may call themselves"] = function(t)
    t.equal(render(t, "{% local function tree(n) %}<i>{{ n }}{% if n > 0 then %}{% tree(n - 1) %}"
        .. "{% end %}</i>{% end %}{% tree(1) %}"), "<i>1<i>0</i></i>")
end

tests["messages name the template's line"] = function(t)
    t.refused("t/page.html:3: boom", render, t, "a\n{% local x = 1 %}\n{{ error('boom') }}")
    t.refused("t/page.html:2:", render, t, "{# a\n#}{{ nothing.x }}")
    t.refused("t/page.html:2:", render, t, "a\n{% for do %}\n{% end %}")
    t.refused('t/page.html:2:3: "{{" is never closed', render, t, "a\né {{ x")
    t.refused("t/page.html:1:2: this block is never closed", render, t, "a{% if x then %}a")
    t.refused('t/page.html:1:2: "end" closes nothing', render, t, "a{% end %}")
    t.refused("t/page.html:1:1: the template ends in a tag", render, t, "<a ")
    t.refused("t/page.html:1:3: a Lua comment here", render, t, "é {{ x -- y }}")
    t.refused("t/page.html:1:1: there is nothing", render, t, "{{ }}")
    t.refused('t/page.html:2:3: there is no template "t/none.html"', render, t,
        '\n  {% include "none.html" %}')
    t.refused("t/page.html:2:1: this is no Lua expression: unexpected symbol near <eof>", render,
        t, "{% if x then %}{{ x }}{% end %}\n{{ x + }}")
    t.refused("t/page.html:1:9: {{ }} cannot be made safe", render, t, "<script>{{ x }}</script>")
end

tests.files = {
    ["t/part.html"] = "<b>{{ x }}</b>",
    ["t/self.html"] = '{% include "self.html" %}',
    ["t/style.css"] = "a{color:red}{#x{}",
    ["t/bad.css"] = "</style>",
    ["t/base.html"] = "<main>{{{ content }}}</main>{{ x }}",
    ["t/frame.html"] = '<title>{% block "title" %}None{% end %}</title>{% include "side.html" %}'
        .. '<a href="{% block "way" %}/{% end %}">{{{ content }}}</a>',
    ["t/side.html"] = '[{% block "side" %}-{% end %}]',
    ["t/inner.html"] = '{% layout "frame.html" %}{% block "title" %}In {% block "what" %}?{% end %}'
        .. '{% end %}<i>{{{ content }}}</i>{% block "foot" %}f{% end %}',
    ["t/named.html"] = "{{ titel }}",
    ["t/bare.html"] = '{% block "only" %}{% end %}',
    ["t/loop.html"] = '{% layout "loop.html" %}',
    ["t/wrong.html"] = "<b>\n{{ nothing.x }}</b>",
}

tests["an include sees the variables and may be given more"] = function(t)
    t.equal(render(t, '{% include "part.html" %}{% include "part.html", { x = "<" } %}', { x = 1 }),
        "<b>1</b><b>&lt;</b>")
    t.refused('"t/self.html" includes itself', render, t, '{% include "/t/self.html" %}')
end

tests["a style sheet is put in as it is, unless it would end its element"] = function(t)
    t.equal(render(t, '<style>{% include "style.css" %}</style>'),
        "<style>a{color:red}{#x{}</style>")
    t.refused("would end a script or style", render, t,
        '<style>{% include "bad.css" %}</style>')
end

tests["a layout surrounds its content"] = function(t)
    t.equal(render(t, '{% layout "base.html" %}\n<p>{{ x }}</p>', { x = 2 }),
        "<main><p>2</p></main>2")
    t.refused("a layout must be named before anything else", render, t,
        'a{% layout "base.html" %}')
end

tests["blocks of a layout hold what a template puts into them"] = function(t)
    t.equal(render(t, '{% layout "frame.html" %}\nText', {}),
        '<title>None</title>[-]<a href="/">Text</a>')
    t.equal(render(t, '{% layout "frame.html" %}\n{% block "title" %}\n({{ x }})\n{% end %}\n'
        .. '{% block "side" %}{% for i = 1, 2 do %}{{ i }}{% end %}{% end %}{{ x }}', { x = "&" }),
        '<title>(&amp;)\n</title>[12]<a href="/">&amp;</a>')
    t.equal(render(t, '{% layout "frame.html" %}{% block "way" %}{{ x }}{% end %}',
        { x = "javascript:alert(1)" }), '<title>None</title>[-]<a href="#"></a>')
end

tests["a layout may have a layout"] = function(t)
    t.equal(render(t, '{% layout "inner.html" %}text{% block "what" %}out{% end %}', {}),
        '<title>In out</title>[-]<a href="/"><i>text</i>f</a>')
    t.equal(render(t, '{% layout "inner.html" %}text{% block "title" %}T{% end %}{% block "side" %}'
        .. 's{% end %}{% block "foot" %}F{% end %}', {}),
        '<title>T</title>[s]<a href="/"><i>text</i>F</a>')
end

tests["a block has its own lines and must fit its place"] = function(t)
    local open = '{% layout "frame.html" %}\n'
    t.refused("t/page.html:4: attempt to index a nil value", render, t,
        open .. '{% block "title" %}\n\n{{ given.x.y }}{% end %}', { given = {} })
    t.refused("t/page.html:5: attempt to index a nil value", render, t,
        open .. '{% block "title" %}\na\n{% end %}\n{{ given.x.y }}', { given = {} })
    t.refused("t/page.html:3:2: the block of line 2 begins in text and ends in a tag", render, t,
        open .. '{% block "title" %}<a\n {% end %}')
    t.refused('t/page.html:2:1: "t/frame.html" has no block "titel"', render, t,
        open .. '{% block "titel" %}{% end %}')
    t.refused('t/page.html:3:1: a second block "title"', render, t,
        open .. '{% block "title" %}{% end %}\n{% block "title" %}{% end %}')
    t.refused('t/page.html:2:20: "else" closes nothing', render, t,
        open .. '{% block "title" %}{% else %}{% end %}')
    t.refused('t/page.html:2:1: this block is never closed', render, t,
        open .. '{% block "title" %}')
    t.refused('t/page.html:3:1: "t/bare.html" has no {{{ content }}}', render, t,
        '{% layout "bare.html" %}\n{% block "only" %}x{% end %}\n{{ x }}')
    t.equal(render(t, '{% layout "bare.html" %}\n{% block "only" %}x{% end %}\n', {}), "x")
    t.refused('"t/loop.html" includes itself', render, t, '{% layout "loop.html" %}')
end

tests["an error in an included template has its place"] = function(t)
    t.refused("t/wrong.html:2:1: there is no variable 'nothing'", render, t,
        '\n\n{% include "wrong.html" %}', {})
end

tests["many pieces make one template"] = function(t)
    t.equal(#render(t, ("a{{{ x }}}"):rep(1000), { x = "b" }), 2000)
end

return tests

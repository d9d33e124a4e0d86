#!/bin/sh
# scripts/floors on small made-up trees: silent where all is well, and a message with file and line
# for each thing it forbids.
set -u
floors=$(cd "$(dirname "$0")/../.." && pwd)/scripts/floors
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/core"
cases=0

# A tree without fault: three floors, a part with a private header, a library at its own door.
start() {
    rm -f "$tree"/core/*
    printf 'FLOOR_0 = str\nFLOOR_1 = value \\\n  yaml\nFLOOR_2 = page\nOTHER = thing\n' > "$tree/Makefile"
    echo '#include <stddef.h>' > "$tree/core/str.h"
    printf '#include "value.h"\n#include "str.h"\n' > "$tree/core/value.c"
    echo '#include <sys/stat.h>' > "$tree/core/value.h"
    printf '#include "yaml_parts.h"\n#include <yaml.h>\n' > "$tree/core/yaml.c"
    echo '#include "yaml_parts.h"' > "$tree/core/yaml_scalar.c"
    echo '#include "str.h"' > "$tree/core/yaml_parts.h"
    echo '#include "value.h"' > "$tree/core/page.c"
}

verdict() {
    cases=$((cases + 1))
    if [ "$1" = 0 ]; then
        echo "ok $cases - $2"
    else
        echo "not ok $cases - $2"
        sed 's/^/# /' "$tree/said"
    fi
}

# refuses "WHAT" "the message that must be among those given"
refuses() {
    "$floors" "$tree" 2> "$tree/said"
    [ $? = 1 ] && grep -qF -- "$2" "$tree/said"
    verdict $? "$1"
}

start
"$floors" "$tree" 2> "$tree/said" && [ ! -s "$tree/said" ]
verdict $? 'a sound tree passes without a word'

start
printf '\n#include "page.h"\n' >> "$tree/core/value.c"
refuses 'an include that climbs is refused' \
    'core/value.c:4: error: includes "page.h" of floor 2, but value stands on floor 1'

start
echo '  #  include "page.h"' > "$tree/core/yaml_parts.h"
refuses 'a part stands where its name stands' \
    'core/yaml_parts.h:1: error: includes "page.h" of floor 2'

start
echo '#include "yaml_parts.h"' >> "$tree/core/page.c"
refuses 'a private header stays private' \
    'core/page.c:2: error: includes "yaml_parts.h", which is private to yaml'

start
: > "$tree/core/stray.c"
refuses 'a file on no floor is refused' 'core/stray.c:1: error: stray stands on no floor'

start
echo '#include "gone.h"' >> "$tree/core/page.c"
refuses 'an include of no floor is refused' 'core/page.c:2: error: includes "gone.h", which'

start
echo 'FLOOR_3 = ghost' >> "$tree/Makefile"
refuses 'a name without a file is refused' 'Makefile:6: error: ghost has no file'

start
echo 'FLOOR_3 = value' >> "$tree/Makefile"
refuses 'a name on two floors is refused' 'Makefile:6: error: value stands on floor 1 already'

start
echo '#include <yaml.h>' >> "$tree/core/page.c"
refuses 'a second door for a library is refused' \
    'core/page.c:2: error: <yaml.h> enters by a second door: its own is core/yaml.c'

start
echo '#include <lua.h>' >> "$tree/core/page.c"
refuses 'Lua outside its floor is refused' 'core/page.c:2: error: <lua.h> enters by a second door'

start
echo '#include <curl/curl.h>' >> "$tree/core/page.c"
refuses 'a library without a door is refused' 'core/page.c:2: error: <curl/curl.h> is a library'

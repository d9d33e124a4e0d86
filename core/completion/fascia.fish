# Completion of fascia for fish. It knows nothing of the commands: fascia says what fits.
function __fascia_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l option (string match -r -- '^--[a-z]+=' "$current")
    set -l begun (string replace -r -- '^--[a-z]+=' '' "$current")
    for line in ($before[1] --complete $before[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $begun | string replace -r '^' -- "$option"
            case :folders
                __fish_complete_directories $begun | string replace -r '^' -- "$option"
            case '*'
                echo $line
        end
    end
end
complete -c fascia -f -a '(__fascia_complete)'

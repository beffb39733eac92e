# Functions about photos, for all scripts of the box.

# The year in a photo's name; nothing when it is no photo.
year_of() {
    name=${1##*/}
    case $name in
        *_*_*.jpg | *_*_*.jpeg) ;;
        *) return ;;
    esac
    rest=${name#*_}
    day=${rest%%_*}
    case $day in
        [0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]) echo "${day%????}" ;;
    esac
}

# Moves a photo into a folder, which is made when it is not there.
put_into() {
    mkdir -p -- "$2" || return 1
    if [ -e "$2/${1##*/}" ]; then
        return 1
    fi
    mv -- "$1" "$2/"
}

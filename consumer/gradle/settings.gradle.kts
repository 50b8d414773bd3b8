rootProject.name = "reelmux-consumer"

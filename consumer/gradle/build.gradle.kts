// Run with -PreelmuxVersion=0.1.0; mavenLocal() finds what "./mvnw install" has installed.
plugins {
    application
}

repositories {
    mavenLocal()
    mavenCentral()
}

val reelmuxVersion = providers.gradleProperty("reelmuxVersion").getOrElse("0.1.0-SNAPSHOT")

dependencies {
    implementation(platform("io.reelmux:reelmux-bom:$reelmuxVersion"))
    // for one platform: encoder-ffmpeg, reader-ffmpeg, and the native libraries by their classifier
    implementation("io.reelmux:encoder-ffmpeg")
    implementation("io.reelmux:reader-ffmpeg")
    runtimeOnly("org.bytedeco:javacpp::linux-x86_64")
    runtimeOnly("org.bytedeco:ffmpeg::linux-x86_64")
}

java {
    toolchain {
        languageVersion = JavaLanguageVersion.of(17)
    }
}

application {
    mainClass = "example.Main"
}

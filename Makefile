# What a developer does by hand. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help build check fast format demo image up down clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

build: ## compile and package, without tests
	mvn -B -q -T 2 -DskipTests package

check: ## everything: format, lint, unit and integration tests
	mvn -B verify

fast: ## unit tests only, no Redis, no containers
	mvn -B test

format: ## put the sources into their format
	mvn -B -q spotless:apply

demo: ## the whole journey on the bundled flights
	./plumb demo

image: ## the server's image, for docker-compose
	mvn -B -q -T 2 -DskipTests package
	mvn -B -q -pl online dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/image/lib
	cp online/target/plumbline-online-*.jar online/target/image/lib/
	docker-compose build server

up: image ## Redis, the server and Prometheus in containers
	docker-compose up -d

down: ## stop the containers
	docker-compose down

clean: ## remove what builds and demos left
	mvn -B -q clean
	rm -rf .plumb

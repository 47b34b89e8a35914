import amqp

class Transport:
    Connection: type[amqp.Connection]
